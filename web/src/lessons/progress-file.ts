/** Progress leaves this browser and comes into another as a small file. */
import { limits } from './limits.ts';
import { parseSteps, tooLarge, writeSteps } from './steps-passed.ts';
import type { ReadSteps, StepsPassed } from './steps-passed.ts';

const progressFileName = 'socket-playground-progress.json';

/** Long enough for the browser to have taken the file over. */
const keptForMs = 60_000;

export function download(passed: StepsPassed): void {
  const url = URL.createObjectURL(new Blob([writeSteps(passed)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = progressFileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptForMs);
}

/** Never rejects. */
export async function readProgress(file: File): Promise<ReadSteps> {
  if (file.size > limits.fileBytes) return tooLarge;
  return file.text().then(parseSteps, () => ({ ok: false, reason: 'It could not be read.' }));
}
