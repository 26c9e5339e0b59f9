/** Progress leaves this browser and comes into another as a small file. */
import { limits } from './limits.ts';
import { parseSteps, tooLarge, writeSteps } from './steps-passed.ts';
import type { ReadSteps, StepsPassed } from './steps-passed.ts';

const progressFileName = 'socket-playground-progress.json';

export const progressFile = (passed: StepsPassed): File =>
  new File([writeSteps(passed)], progressFileName, { type: 'application/json' });

/** Never rejects. */
export async function readProgress(file: File): Promise<ReadSteps> {
  if (file.size > limits.fileBytes) return tooLarge;
  return file.text().then(parseSteps, () => ({ ok: false, reason: 'It could not be read.' }));
}
