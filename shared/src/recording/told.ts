/**
 * A file on its way that tells how far it is: frames of a kind (1 byte), a number (32 bits, big endian) and, where the
 * number counts bytes, those bytes. `looked` comes while it is looked through for secrets, `hidden` once that is done,
 * `wrote` between data. The end of the stream is the end of the file; `refused` comes in place of all of it.
 */
import { concat } from '../payload/concat.ts';
import { encodeUtf8 } from '../payload/utf8.ts';

export type Told =
  /** How much has been looked through, or been written, 0 to 1. */
  | { readonly is: 'looked' | 'wrote'; readonly share: number }
  /** So many places are hidden in what follows. */
  | { readonly is: 'hidden'; readonly places: number }
  | { readonly is: 'data'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Why there is no file, in words. */
  | { readonly is: 'refused'; readonly why: string };

export const toldType = 'application/x-told-file';

const kinds = ['looked', 'wrote', 'hidden', 'data', 'refused'] as const;
type Kind = (typeof kinds)[number];

const headBytes = 5;
const whole = 1_000_000;
/** Longer words are cut. */
const mostWordBytes = 4_096;

export function writeTold(told: Exclude<Told, { is: 'data' }>): Uint8Array<ArrayBuffer> {
  switch (told.is) {
    case 'looked':
    case 'wrote':
      return head(told.is, Math.round(Math.min(1, told.share) * whole));
    case 'hidden':
      return head('hidden', told.places);
    case 'refused': {
      const words = encodeUtf8(told.why).subarray(0, mostWordBytes);
      const frame = new Uint8Array(headBytes + words.length);
      frame.set(head('refused', words.length));
      frame.set(words, headBytes);
      return frame;
    }
  }
}

/** What stands before `length` bytes of the file. */
export const dataHead = (length: number): Uint8Array<ArrayBuffer> => head('data', length);

function head(kind: Kind, value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(headBytes));
  view.setUint8(0, kinds.indexOf(kind));
  view.setUint32(1, value);
  return new Uint8Array(view.buffer);
}

const none = new Uint8Array(0);

/** Reads frames wherever the stream cuts them; data is handed on as it comes. */
export class ToldReader {
  /** The beginning of what is not whole yet: a head, or words. */
  #begun: Uint8Array<ArrayBuffer> = none;
  /** Bytes of data that are still to come. */
  #owed = 0;

  /** Throws when these are no such frames. */
  *add(chunk: Uint8Array<ArrayBuffer>): Generator<Told> {
    let rest = this.#begun.length === 0 ? chunk : concat([this.#begun, chunk]);
    this.#begun = none;
    while (rest.length > 0) {
      if (this.#owed > 0) {
        const bytes = rest.subarray(0, this.#owed);
        this.#owed -= bytes.length;
        rest = rest.subarray(bytes.length);
        yield { is: 'data', bytes };
        continue;
      }
      const length = lengthOf(rest);
      if (rest.length < length) {
        this.#begun = rest.slice();
        return;
      }
      const told = this.#read(rest.subarray(0, length));
      rest = rest.subarray(length);
      if (told !== null) yield told;
    }
  }

  /** Null where only data follows. */
  #read(frame: Uint8Array): Told | null {
    const [kind, value] = [kinds[frame[0] ?? kinds.length], valueOf(frame)];
    switch (kind) {
      case 'looked':
      case 'wrote':
        return { is: kind, share: value / whole };
      case 'hidden':
        return { is: 'hidden', places: value };
      case 'refused':
        return { is: 'refused', why: new TextDecoder().decode(frame.subarray(headBytes)) };
      case 'data':
        this.#owed = value;
        return null;
      default:
        throw new Error('This is no file as the agent sends it.');
    }
  }
}

/** Of the frame's head, and of the words behind it. */
function lengthOf(rest: Uint8Array): number {
  const hasWords = rest.length >= headBytes && kinds[rest[0] ?? 0] === 'refused';
  return headBytes + (hasWords ? Math.min(valueOf(rest), mostWordBytes) : 0);
}

const valueOf = ({ buffer, byteOffset }: Uint8Array) => new DataView(buffer, byteOffset).getUint32(1);
