/**
 * A pcapng or pcap file in order, wherever its bytes are. One of ours gives the events it was made of; any other gives its
 * packets as `segment` events. Never throws because of what the bytes are; memory is bounded by what one block may hold.
 */
import type { SocketEvent } from '../../events/event.ts';
import type { SocketState } from '../../events/state.ts';
import type { Gap } from '../../wire/messages.ts';
import type { ReadAt } from '../parts.ts';
import { readBlock } from './frames.ts';
import type { Frame, Read } from './frames.ts';
import { pcapngLimits } from './limits.ts';
import { Restorer, sectionOrigin } from './restorer.ts';
import type { Restored } from './restorer.ts';
import { pcapHeadBytes, pcapSection, sectionOrder } from './section.ts';
import type { Section } from './section.ts';
import { isoOf, Segments } from './segments.ts';

/** What reading on from a place needs to know of what stands before it. */
export interface Resume {
  readonly section: Section;
  /** The number of the next event. */
  readonly next: number;
  /** When the first packet was captured, nanoseconds since 1970; null in a file of ours. */
  readonly startNs: bigint | null;
}

export type CapturePart =
  | { readonly kind: 'begin'; readonly epoch: string | null; readonly started: string }
  | { readonly kind: 'gap'; readonly gap: Gap; readonly standing: readonly SocketState[] | null }
  /** Numbered without gaps, from the bytes from `start` to `end`. A block out of which comments were taken is of two parts. */
  | {
      readonly kind: 'events';
      readonly events: readonly SocketEvent[];
      readonly start: number;
      readonly end: number;
      readonly resume: Resume;
    }
  /** From byte `at` on nothing can be read. The last part. */
  | { readonly kind: 'torn'; readonly at: number; readonly bytes: number }
  | { readonly kind: 'foreign' };

const { windowBytes } = pcapngLimits;
/** Events are handed on when they come from so many bytes, or are so many. */
const partBytes = 256 * 1024;
const partEvents = 1_000;

/** Whether a file that begins with these bytes is one to be read here. */
export function isCapture(start: Uint8Array): boolean {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  return (start.length >= 12 && sectionOrder(view, 0) !== null) || pcapSection(view) !== null;
}

export async function* captureParts(
  read: ReadAt,
  size: number,
  from = 0,
  resume: Resume | null = null,
): AsyncGenerator<CapturePart> {
  const reading = new Reading(from, resume);
  let view = await viewAt(read, from, Math.min(windowBytes, size - from));
  let base = from;
  const classic = from === 0 ? pcapSection(view) : null;
  if (classic) reading.begin(classic, pcapHeadBytes);
  while (reading.at < size) {
    const block = readBlock(view, reading.at - base, reading.section);
    if (typeof block === 'number') {
      const isWhole = reading.at + block <= size;
      if (!isWhole) break;
      yield* reading.take();
      base = reading.at;
      view = await viewAt(read, base, Math.min(Math.max(block, windowBytes), size - base));
      if (view.byteLength < block) break;
      continue;
    }
    if (block === null || !reading.block(block)) break;
    if (reading.isFull) yield* reading.take();
  }
  yield* reading.finish();
  if (reading.section === null) yield { kind: 'foreign' };
  else if (reading.soundTo < size) yield { kind: 'torn', at: reading.soundTo, bytes: size - reading.soundTo };
}

async function viewAt(read: ReadAt, at: number, length: number): Promise<DataView> {
  const bytes = await read(at, length);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A file while it is read. */
class Reading {
  /** The byte that comes next, and up to where everything has been handed on or is about to be. */
  at: number;
  soundTo: number;
  section: Section | null = null;
  #parts: CapturePart[] = [];
  #events: SocketEvent[] = [];
  #start: number;
  #from: Resume | null = null;
  /** What was known before the present block, and the end of the last one that gave an event: it may stay to be handed on. */
  #before: Resume | null = null;
  #given = 0;
  #next = 1;
  #hasBegun = false;
  #isOurs = false;
  #gap: Gap | null = null;
  #segments = new Segments();
  readonly #restorer = new Restorer();

  constructor(at: number, resume: Resume | null) {
    this.at = at;
    this.soundTo = at;
    this.#start = at;
    if (resume === null) return;
    this.section = resume.section;
    this.#next = resume.next;
    this.#segments = new Segments(resume.startNs);
    this.#hasBegun = true;
    this.#isOurs = resume.startNs === null;
  }

  begin(section: Section, length: number): void {
    this.section = section;
    this.at += length;
    this.soundTo = this.#start = this.at;
  }

  get isFull(): boolean {
    const isMuch = this.at - this.#start >= partBytes || this.#events.length >= partEvents;
    return isMuch && this.#restorer.isClean;
  }

  /** False when it contradicts what was before it. */
  block(block: Read): boolean {
    const isSection = block.section !== this.section && block.section.interfaces.length === 0;
    this.section = block.section;
    if (isSection) this.#beginSection(block.section);
    this.#before = this.#resume();
    this.#from ??= this.#before;
    if (this.#isOurs) {
      const restored = this.#restorer.read(block);
      const end = this.at + block.length;
      if (!restored?.every((one) => this.#restore(one, end))) return false;
    } else if (block.frame !== null) this.#capture(block.frame);
    this.at += block.length;
    if (!this.#restorer.isClean) return true;
    this.soundTo = this.at;
    if (this.#events.length === 0) this.#startHere();
    return true;
  }

  /** What has been read. Only where nothing waits for a later block do events have an end of their own. */
  take(): readonly CapturePart[] {
    if (this.#restorer.isClean) this.#flush();
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** The same at the end of what can be read. */
  finish(): readonly CapturePart[] {
    this.#tellGap(null);
    this.#flush();
    if (!this.#hasBegun && this.section !== null) this.#parts.unshift(beginAt(0n));
    return this.take();
  }

  #flush(): void {
    const [events, resume] = [this.#events, this.#from];
    if (events.length > 0 && resume)
      this.#parts.push({
        ...{ kind: 'events', events, start: this.#start, resume },
        end: Math.max(this.at, this.#given),
      });
    this.#events = [];
    this.#startHere();
  }

  #startHere(): void {
    this.#start = this.at;
    this.#from = null;
  }

  #tellGap(standing: readonly SocketState[] | null): void {
    if (this.#gap) this.#parts.push({ kind: 'gap', gap: this.#gap, standing });
    this.#gap = null;
  }

  #beginSection(section: Section): void {
    const origin = sectionOrigin(section);
    if (this.#hasBegun || origin === null) return;
    this.#isOurs = true;
    this.#hasBegun = true;
    this.#parts.push({ kind: 'begin', ...origin });
  }

  #capture(frame: Frame): void {
    const { event } = this.#segments.take(frame, this.#next);
    const { startNs } = this.#segments;
    if (!this.#hasBegun) {
      this.#parts.push(beginAt(startNs ?? 0n));
      this.#from = this.#from && { ...this.#from, startNs };
    }
    this.#hasBegun = true;
    this.#next += 1;
    this.#events.push(event);
  }

  /** `end`: of the block that it is from. */
  #restore(restored: Restored, end: number): boolean {
    switch (restored.kind) {
      case 'gap':
        return this.#skip(restored.gap);
      case 'standing':
        this.#tellGap(restored.sockets);
        return true;
      case 'event':
        return this.#add(restored.event, end);
    }
  }

  #add(event: SocketEvent, end: number): boolean {
    if (event.seq < this.#next) return false;
    this.#missUpTo(event.seq);
    this.#tellGap(null);
    this.#next = event.seq + 1;
    this.#from ??= this.#before;
    this.#given = end;
    this.#events.push(event);
    return true;
  }

  #skip(gap: Gap): boolean {
    if (gap.from < this.#next || gap.to < gap.from) return false;
    this.#missUpTo(gap.from);
    this.#miss(gap);
    return true;
  }

  /** Somebody took packets or comments out of it. */
  #missUpTo(seq: number): void {
    if (seq > this.#next) this.#miss({ type: 'gap', from: this.#next, to: seq - 1, reason: 'not-in-file' });
  }

  #miss(gap: Gap): void {
    this.#tellGap(null);
    this.#flush();
    this.#gap = gap;
    this.#next = gap.to + 1;
  }

  #resume(): Resume | null {
    const { section } = this;
    return section && { section, next: this.#next, startNs: this.#isOurs ? null : this.#segments.startNs };
  }
}

const beginAt = (ns: bigint): CapturePart => ({ kind: 'begin', epoch: null, started: isoOf(ns) });
