/** What can be chosen for a stream, in the words of the page. */
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { Framing } from '@socket-playground/shared/streams/framing.ts';
import type { Direction } from '../../store/ends.ts';

export const forms = [
  { value: 'utf8', label: 'Text' },
  { value: 'latin1', label: 'Latin-1' },
  { value: 'hex', label: 'Hex' },
  { value: 'escaped', label: 'Escaped' },
  { value: 'python', label: 'Python' },
] as const satisfies readonly { readonly value: StreamForm; readonly label: string }[];

export const framings = [
  { value: 'none', label: 'in turns' },
  { value: 'lines', label: 'in lines' },
  { value: 'length2', label: 'by 2-byte length, big endian' },
  { value: 'length2le', label: 'by 2-byte length, little endian' },
  { value: 'length4', label: 'by 4-byte length, big endian' },
  { value: 'length4le', label: 'by 4-byte length, little endian' },
  { value: 'fixed', label: 'in a fixed size' },
] as const;
export type FramingName = (typeof framings)[number]['value'];

/** `size`: of a message, where it is fixed. */
export function framingOf(name: FramingName, size: number): Framing | null {
  switch (name) {
    case 'none':
      return null;
    case 'lines':
      return { is: 'lines' };
    case 'length2':
    case 'length2le':
      return { is: 'length', bytes: 2, littleEndian: name === 'length2le' };
    case 'length4':
    case 'length4le':
      return { is: 'length', bytes: 4, littleEndian: name === 'length4le' };
    case 'fixed':
      return { is: 'fixed', bytes: size };
  }
}

export const shownDirections = [
  { value: 'both', label: 'Both' },
  { value: 'to-server', label: 'To server' },
  { value: 'to-client', label: 'To client' },
] as const satisfies readonly { readonly value: Shown; readonly label: string }[];

export type StreamView = 'follow' | 'writes';
export type Shown = Direction | 'both';

/** What a person looks at a stream with: it stays while other sockets are looked at. */
export class Lens {
  view = $state.raw<StreamView>('follow');
  form = $state.raw<StreamForm>('utf8');
  borders = $state.raw(false);
  framing = $state.raw<FramingName>('none');
  size = $state.raw(16);
  show = $state.raw<Shown>('both');
  query = $state.raw('');
}
