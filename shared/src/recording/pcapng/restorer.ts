/** A pcapng of ours back into what it was made of: comments, the bytes kept beside them, and those of packets. */
import * as z from 'zod/mini';
import type { SocketEvent } from '../../events/event.ts';
import { parseEvent } from '../../events/parse-event.ts';
import type { SocketState } from '../../events/state.ts';
import { concat } from '../../payload/concat.ts';
import { decodeUtf8Strictly } from '../../payload/utf8.ts';
import { fitsRecord } from '../../wire/fits-record.ts';
import { gap } from '../../wire/messages.ts';
import type { Gap } from '../../wire/messages.ts';
import { sessionLimits } from '../../limits.ts';
import { epochName } from '../origin.ts';
import { parseStanding, standingStates } from '../standing.ts';
import { optionCodes } from './blocks.ts';
import type { Option } from './blocks.ts';
import { dissect } from './dissected.ts';
import type { Frame, Read } from './frames.ts';
import { application, formatVersion } from './notes.ts';
import type { Section } from './section.ts';

const origin = z.strictObject({
  type: z.literal('session'),
  version: z.literal(formatVersion),
  epoch: epochName,
  started: z.iso.datetime(),
});
const standing = z.strictObject({ type: z.literal('standing'), sockets: standingStates });
const measure = z.object({ size: z.int(), captured: z.optional(z.int()), beside: z.optional(z.int()) });

export type Restored =
  | { readonly kind: 'event'; readonly event: SocketEvent }
  | { readonly kind: 'gap'; readonly gap: Gap }
  | { readonly kind: 'standing'; readonly sockets: readonly SocketState[] };

/** Which run a section of ours is of; null when somebody else wrote it. */
export function sectionOrigin({
  options,
}: Section): { readonly epoch: string; readonly started: string } | null {
  const valueOf = (code: number) => {
    const found = options.find((option) => option.code === code);
    return found === undefined ? null : decodeUtf8Strictly(found.value);
  };
  if (valueOf(optionCodes.application) !== application) return null;
  const parsed = origin.safeParse(parseJson(valueOf(optionCodes.comment)));
  return parsed.success ? { epoch: parsed.data.epoch, started: parsed.data.started } : null;
}

/** Null for a comment of somebody else. */
const parseJson = (text: string | null): unknown =>
  text?.startsWith('{') === true ? (parseStanding(text) ?? null) : null;

/** An event some of whose bytes are still to come. */
interface Open {
  readonly fields: object;
  readonly data: Uint8Array;
  /** Its first bytes were left out by a program that wrote the file anew: then nothing is told of the others either. */
  readonly isCut: boolean;
  filled: number;
}

export class Restorer {
  #pieces: Uint8Array[] = [];
  #text: Uint8Array[] = [];
  #held = 0;
  #open: Open | null = null;
  #failed = false;

  /** Nothing waits for a later block: reading can begin again here. */
  get isClean(): boolean {
    return this.#open === null && this.#pieces.length === 0 && this.#text.length === 0;
  }

  /** What this block comes to; null when it contradicts what was before it. */
  read({ frame, options }: Read): readonly Restored[] | null {
    const restored: Restored[] = [];
    for (const option of options) this.#option(option, restored);
    if (frame !== null && this.#open !== null) this.#fill(frame, this.#open, restored);
    return this.#failed ? null : restored;
  }

  #option({ code, value }: Option, restored: Restored[]): void {
    if (code === optionCodes.data) this.#pieces.push(this.#hold(value));
    else if (code === optionCodes.text) this.#text.push(this.#hold(value));
    else if (code === optionCodes.textEnd) this.#note(this.#whole(this.#text, value), restored);
    else if (code === optionCodes.comment) this.#note(value, restored);
  }

  /** Kept beyond its block, within what one event may have. */
  #hold(value: Uint8Array): Uint8Array {
    this.#held += value.length;
    this.#failed ||= this.#held > sessionLimits.headBytes + sessionLimits.recordBytes;
    return this.#failed ? value.subarray(0, 0) : value.slice();
  }

  #whole(pieces: readonly Uint8Array[], last: Uint8Array): Uint8Array {
    this.#text = [];
    return concat([...pieces, last]);
  }

  #note(value: Uint8Array, restored: Restored[]): void {
    const fields = parseJson(decodeUtf8Strictly(value));
    if (typeof fields !== 'object' || fields === null) return;
    // Somebody took out packets with its other bytes.
    this.#open = null;
    this.#held = 0;
    const missing = gap.safeParse(fields);
    const open = standing.safeParse(fields);
    if (missing.success) restored.push({ kind: 'gap', gap: missing.data });
    else if (open.success) restored.push({ kind: 'standing', sockets: open.data.sockets });
    else if (value.length > sessionLimits.fieldsBytes) this.#failed = true;
    else this.#event(fields, restored);
  }

  #event(given: object, restored: Restored[]): void {
    const measured = measure.safeParse(given);
    if (!measured.success) {
      this.#failed ||= this.#pieces.length > 0;
      return this.#finish(given, restored);
    }
    const { size, captured: wanted = size, beside } = measured.data;
    const here = this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (wanted < (beside ?? here) || here > (beside ?? here) || wanted > sessionLimits.recordBytes) {
      this.#failed = true;
      return;
    }
    const isCut = here < (beside ?? here);
    const fields = Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'beside'));
    const open: Open = { fields, data: new Uint8Array(wanted), isCut, filled: isCut ? (beside ?? 0) : 0 };
    if (!isCut) for (const piece of this.#pieces) this.#add(open, piece);
    this.#pieces = [];
    this.#close(open, restored);
  }

  #fill({ bytes, size, on }: Frame, open: Open, restored: Restored[]): void {
    const { data } = dissect(bytes, size, on?.linkType ?? 0);
    if (data.length > open.data.length - open.filled) this.#failed = true;
    else this.#add(open, data);
    this.#close(open, restored);
  }

  #add(open: Open, data: Uint8Array): void {
    open.data.set(data, open.filled);
    open.filled += data.length;
  }

  #close(open: Open, restored: Restored[]): void {
    const isWhole = open.filled === open.data.length;
    this.#open = isWhole ? null : open;
    if (!isWhole) return;
    const kept = open.isCut ? { data: new Uint8Array(0), captured: 0 } : { data: open.data };
    this.#finish({ ...open.fields, ...kept }, restored);
  }

  #finish(fields: object, restored: Restored[]): void {
    const event = parseEvent(fields);
    if (event !== null && fitsRecord(event)) restored.push({ kind: 'event', event });
    else this.#failed = true;
  }
}
