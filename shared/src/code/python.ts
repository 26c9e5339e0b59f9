/** Python 3 with its standard library: programs that run as they stand, from 3.8 on. */
import type { Language } from './program.ts';
import { writeStep } from './python/calls.ts';
import { tokens } from './python/tokens.ts';
import { Writer } from './python/writer.ts';

export const python: Language = {
  name: 'Python 3',
  ending: '.py',
  write: (plan) => {
    const writer = new Writer(plan);
    for (const step of plan.steps) writeStep(writer, step);
    return writer.finish();
  },
  tokens,
};
