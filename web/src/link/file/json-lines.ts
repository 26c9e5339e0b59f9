/** A JSON Lines file, as `GET /api/events` and Save write them, read into blocks like a session's. */
import { carriesBytes, jsonEvent } from '@socket-playground/shared/events/event.ts';
import type { JsonEvent, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { parseBase64 } from '@socket-playground/shared/payload/base64.ts';
import { sessionLimits } from '@socket-playground/shared/limits.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import { fitsRecord } from '@socket-playground/shared/wire/fits-record.ts';
import { gap } from '@socket-playground/shared/wire/messages.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import { blockOf } from './block-of.ts';
import { Breath } from './breath.ts';
import { fileProblems } from './file-problems.ts';
import type { RecordedPart } from './session-file.ts';
import { longestLine, textLines } from './text-lines.ts';

/** A line ends the file when it is no event, or comes out of order: what stands before it is still shown. */
export async function* jsonParts(file: File): AsyncGenerator<RecordedPart> {
  const filling = new Filling();
  const breath = new Breath();
  for await (const { text, start, end } of textLines(file)) {
    await breath.take();
    const read = text.length > longestLine ? null : readLine(text);
    const isNext = read !== null && seqOf(read) > filling.last;
    if (!isNext && filling.last === 0) {
      yield { kind: 'unreadable', problem: fileProblems.line };
      return;
    }
    if (filling.last === 0)
      yield { kind: 'begin', origin: { epoch: file.name, started: startOf(file) }, end: null };
    if (!isNext) {
      yield* filling.finish();
      yield { kind: 'torn', bytes: file.size - start };
      return;
    }
    yield* read.type === 'gap' ? filling.skip(read) : filling.add(read, start, end);
  }
  yield* filling.finish();
  if (filling.last === 0) yield { kind: 'unreadable', problem: fileProblems.foreign };
}

const timeInName = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-/;

/** The lines tell times since the run began. When that was stands in the name Save gives; else the file's own date must do. */
function startOf(file: File): string {
  const told = timeInName.exec(file.name);
  const date = new Date(told ? `${told[1]}T${told[2]}:${told[3]}:${told[4]}.000Z` : file.lastModified);
  return (Number.isNaN(date.getTime()) ? new Date(file.lastModified) : date).toISOString();
}

type Line = SocketEvent | Gap;

const seqOf = (line: Line): number => (line.type === 'gap' ? line.from : line.seq);

/** The event or gap of a line; null when it is neither. Never throws. */
function readLine(text: string): Line | null {
  if (text.length > sessionLimits.fieldsBytes && hasManyValues(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    const event = jsonEvent.safeParse(value);
    if (event.success) return withBytes(event.data);
    const missing = gap.safeParse(value);
    return missing.success && missing.data.to >= missing.data.from ? missing.data : null;
  } catch {
    // Not JSON: no event.
    return null;
  }
}

/** More than the fields of an event that has bytes: base64 has none of these signs. */
const mostSigns = 100;

function hasManyValues(text: string): boolean {
  let signs = 0;
  for (const _sign of text.matchAll(/[[{,]/g)) if ((signs += 1) > mostSigns) return true;
  return false;
}

/** The event with its bytes, as a record can hold it; null for any other. */
function withBytes(json: JsonEvent): SocketEvent | null {
  const event =
    json.type === 'sent' || json.type === 'received' || json.type === 'segment' ? decoded(json) : json;
  return event !== null && fitsRecord(event) ? event : null;
}

type JsonCarrier = Extract<JsonEvent, { readonly data: string }>;

function decoded(json: JsonCarrier): SocketEvent | null {
  const data = parseBase64(json.data);
  return data.ok ? { ...json, data: data.bytes } : null;
}

const isAlone = (event: SocketEvent) => carriesBytes(event) && event.data.length > sessionLimits.blockBytes;

/** Events on their way into a block. */
class Filling {
  #events: SocketEvent[] = [];
  #start = 0;
  #end = 0;
  last = 0;

  *add(event: SocketEvent, start: number, end: number): Generator<RecordedPart> {
    const follows = event.seq === this.last + 1;
    if (!follows || end - this.#start > sessionLimits.blockBytes || isAlone(event)) yield* this.finish();
    if (!follows) yield { kind: 'segment', first: event.seq, reason: 'not-in-file', standing: null };
    if (this.#events.length === 0) this.#start = start;
    this.#events.push(event);
    this.#end = end;
    this.last = event.seq;
  }

  *skip({ from, to, reason }: Gap): Generator<RecordedPart> {
    yield* this.finish();
    if (from > this.last + 1) yield { kind: 'segment', first: from, reason: 'not-in-file', standing: null };
    yield { kind: 'segment', first: to + 1, reason, standing: null };
    this.last = to;
  }

  *finish(): Generator<RecordedPart> {
    if (this.#events.length === 0) return;
    const block = blockOf(this.#events);
    this.#events = [];
    yield { kind: 'block', block, start: this.#start, end: this.#end };
  }
}

/** The blocks again, from their lines. */
export async function jsonBlocks(file: Blob, start: number, end: number): Promise<readonly Block[]> {
  const lines = (await file.slice(start, end).text()).split('\n');
  const runs: SocketEvent[][] = [];
  const breath = new Breath();
  for (const line of lines) {
    await breath.take();
    const read = line === '' ? null : readLine(line);
    if (read === null || read.type === 'gap') continue;
    const run = runs.at(-1);
    if (run?.at(-1)?.seq === read.seq - 1) run.push(read);
    else runs.push([read]);
  }
  return runs.map(blockOf);
}
