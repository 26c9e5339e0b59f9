import { pino } from 'pino';
import type { Logger } from 'pino';
import { visible } from '@socket-playground/shared/payload/visible.ts';

/** Warnings and worse, as lines of JSON on stderr. What a peer sent cannot act on the terminal. */
export function createLog(): Logger {
  return pino(
    { level: 'warn' },
    { write: (line) => void process.stderr.write(`${visible(line.trimEnd())}\n`) },
  );
}
