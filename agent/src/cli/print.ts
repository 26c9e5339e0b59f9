import { visible } from '@socket-playground/shared/payload/visible.ts';

/** One line on stderr. What came from outside cannot move the cursor, change colours or hide: it is shown escaped. */
export function complain(message: string): void {
  process.stderr.write(`socket-playground: ${visible(message)}\n`);
}

/** One line on stdout. Resolves with why it could not be written, null when it was. */
export function say(line: string): Promise<Error | null> {
  return new Promise((resolve) =>
    process.stdout.write(`${visible(line)}\n`, (error) => resolve(error ?? null)),
  );
}
