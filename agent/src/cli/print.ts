import { visible } from '@socket-playground/shared/payload/visible.ts';

/** One line on stderr. What came from outside cannot move the cursor, change colours or hide: it is shown escaped. */
export function complain(message: string): void {
  process.stderr.write(`socket-playground: ${visible(message)}\n`);
}

/** One line on stdout. Resolves with why it could not be written, null when it was. */
export const say = (line: string): Promise<Error | null> => write(`${visible(line)}\n`);

/** Words of our own on stdout, of several lines. */
export const write = (text: string): Promise<Error | null> =>
  new Promise((resolve) => process.stdout.write(text, (error) => resolve(error ?? null)));

/** Whoever started the program may stop reading what it prints, as `head` does, or have no room for it: it goes on. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
