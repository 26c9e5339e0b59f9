/** What recordings are called on the page, and what they are called as files. */
import { visible } from '@socket-playground/shared/payload/visible.ts';
import { startedAtSecond } from './when.ts';

interface Named {
  /** When it began (ISO 8601) for a kept session, else the name of the file. */
  readonly name: string;
  /** The id of a kept session; null for a file. */
  readonly id: string | null;
}

/** The whole name, for people. A file's name is anybody's: nothing in it hides or turns the text around. */
export const recordingName = ({ name, id }: Named, nowMs: number): string =>
  id === null ? visible(name) : startedAtSecond(name, nowMs);

/** Cut in the middle: how a name begins and how it ends tells most. */
export function middleCut(text: string, most: number): string {
  const letters = Array.from(text);
  if (letters.length <= most) return text;
  const tail = Math.floor((most - 1) / 2);
  return `${letters.slice(0, most - 1 - tail).join('')}…${letters.slice(-tail).join('')}`;
}

/** What a file is called unless somebody chooses otherwise, without its ending: as the session is. */
export const fileStem = (session: string | null): string =>
  session?.replace(/\.\w+$/, '') ?? 'socket-playground';
