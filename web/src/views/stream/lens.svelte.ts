/** How a stream is looked at: apart from what can be chosen, since it is kept before a stream is shown. */
import type { StreamForm } from '@socket-playground/shared/streams/forms.ts';
import type { Direction } from '../../store/rows/ends.ts';

export type StreamView = 'follow' | 'writes';
export type Shown = Direction | 'both';
export type FramingName = 'none' | 'lines' | 'length' | 'fixed';
/** What says how long a message is: so many bytes, big or little endian. */
export type PrefixName = '2be' | '2le' | '4be' | '4le';

/** What a person looks at a stream with: it stays while other sockets are looked at. */
export class Lens {
  view = $state.raw<StreamView>('follow');
  form = $state.raw<StreamForm>('utf8');
  borders = $state.raw(false);
  framing = $state.raw<FramingName>('none');
  prefix = $state.raw<PrefixName>('2be');
  /** Of a message, where it is fixed: bytes. */
  size = $state.raw(16);
  show = $state.raw<Shown>('both');
  query = $state.raw('');
}
