/** What can be chosen for a stream, in the words of the page; it comes with the first stream. */
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { Framing } from '@socket-playground/shared/streams/framing.ts';
import type { FramingName, Lens, PrefixName, Shown } from './lens.svelte.ts';

export const forms = [
  { value: 'utf8', label: 'Text' },
  { value: 'latin1', label: 'Latin-1' },
  { value: 'hex', label: 'Hex' },
  { value: 'escaped', label: 'Escaped' },
  { value: 'python', label: 'Python' },
] as const satisfies readonly { readonly value: StreamForm; readonly label: string }[];

export const framings = [
  { value: 'none', label: 'Turns' },
  { value: 'lines', label: 'Lines' },
  { value: 'length', label: 'Length' },
  { value: 'fixed', label: 'Size' },
] as const satisfies readonly { readonly value: FramingName; readonly label: string }[];

/** What stands before each message and says how long it is. */
export const prefixes = [
  { value: '2be', label: '2 bytes, big endian', bytes: 2, littleEndian: false },
  { value: '2le', label: '2 bytes, little endian', bytes: 2, littleEndian: true },
  { value: '4be', label: '4 bytes, big endian', bytes: 4, littleEndian: false },
  { value: '4le', label: '4 bytes, little endian', bytes: 4, littleEndian: true },
] as const satisfies readonly {
  readonly value: PrefixName;
  readonly label: string;
  readonly bytes: 2 | 4;
  readonly littleEndian: boolean;
}[];

/** What a stream is cut into. */
export function framingOf({
  framing,
  prefix,
  size,
}: Pick<Lens, 'framing' | 'prefix' | 'size'>): Framing | null {
  switch (framing) {
    case 'none':
      return null;
    case 'lines':
      return { is: 'lines' };
    case 'length': {
      const { bytes, littleEndian } = prefixes.find(({ value }) => value === prefix) ?? prefixes[0];
      return { is: 'length', bytes, littleEndian };
    }
    case 'fixed':
      return { is: 'fixed', bytes: size };
  }
}

export const shownDirections = [
  { value: 'both', label: 'Both' },
  { value: 'to-server', label: 'To server' },
  { value: 'to-client', label: 'To client' },
] as const satisfies readonly { readonly value: Shown; readonly label: string }[];
