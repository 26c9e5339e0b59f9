/** A JSON Lines file, as `GET /api/events` and Save write them, read into blocks like a session's. */
import { jsonEvent } from '@socket-playground/shared/events/event.ts';
import type { JsonEvent, SocketEvent } from '@socket-playground/shared/events/event.ts';
import { parseBase64 } from '@socket-playground/shared/payload/base64.ts';
import { sessionLimits } from '@socket-playground/shared/limits.ts';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { roomFor } from '@socket-playground/shared/wire/codec.ts';
import { gap } from '@socket-playground/shared/wire/messages.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import { fileProblems } from './file-problems.ts';
import type { RecordedPart } from './session-file.ts';
import { longestLine, textLines } from './text-lines.ts';

/** A line ends the file when it is no event, or comes out of order: what stands before it is still shown. */
export async function* jsonParts(file: File): AsyncGenerator<RecordedPart> {
  const filling = new Filling(file);
  for await (const { text, start, end } of textLines(file)) {
    const read = text.length > longestLine ? null : readLine(text);
    const isNext = read !== null && seqOf(read) > filling.last;
    if (!isNext && filling.last === 0) return yield { kind: 'unreadable', problem: fileProblems.line };
    if (filling.last === 0) yield { kind: 'begin', epoch: { epoch: file.name, started: dateOf(file) } };
    if (!isNext) {
      yield* filling.finish();
      return yield { kind: 'torn', bytes: file.size - start };
    }
    yield* read.type === 'gap' ? filling.skip(read) : filling.add(read, start, end);
  }
  yield* filling.finish();
  if (filling.last === 0) yield { kind: 'unreadable', problem: fileProblems.foreign };
}

/** The file tells times since the run began, and not when that was. */
const dateOf = (file: File) => new Date(file.lastModified).toISOString();

type Line = SocketEvent | Gap;

const seqOf = (line: Line): number => (line.type === 'gap' ? line.from : line.seq);

/** The event or gap of a line; null when it is neither. Never throws. */
function readLine(text: string): Line | null {
  try {
    const value: unknown = JSON.parse(text);
    const event = jsonEvent.safeParse(value);
    return event.success ? withBytes(event.data) : (gap.safeParse(value).data ?? null);
  } catch {
    // Not JSON: no event.
    return null;
  }
}

function withBytes(event: JsonEvent): SocketEvent | null {
  if (event.type !== 'sent' && event.type !== 'received') return event;
  const data = parseBase64(event.data);
  const length = event.captured ?? event.size;
  return data.ok && data.bytes.length === length ? { ...event, data: data.bytes } : null;
}

/** Events on their way into a block. */
class Filling {
  readonly #file: File;
  #block: Block | null = null;
  #start = 0;
  #end = 0;
  last = 0;

  constructor(file: File) {
    this.#file = file;
  }

  *add(event: SocketEvent, start: number, end: number): Generator<RecordedPart> {
    const follows = event.seq === this.last + 1;
    if (!follows || this.#block?.append(event) !== true) {
      yield* this.finish();
      if (!follows) yield { kind: 'segment', first: event.seq, reason: 'disk', standing: [] };
      this.#block = new Block(event.seq, new Uint8Array(Math.max(sessionLimits.blockBytes, roomFor(event))));
      this.#block.append(event);
      this.#start = start;
    }
    this.#end = end;
    this.last = event.seq;
  }

  *skip({ to, reason }: Gap): Generator<RecordedPart> {
    yield* this.finish();
    yield { kind: 'segment', first: to + 1, reason, standing: [] };
    this.last = to;
  }

  *finish(): Generator<RecordedPart> {
    const [block, start, end] = [this.#block, this.#start, this.#end];
    this.#block = null;
    if (block === null) return;
    yield { kind: 'block', block, end, load: () => load(this.#file.slice(start, end), block.first) };
  }
}

/** The block again, from its lines. */
async function load(lines: Blob, first: number): Promise<Block | null> {
  const text = await lines.text();
  const events = text.split('\n').flatMap((line) => {
    const read = line === '' ? null : readLine(line);
    return read === null || read.type === 'gap' ? [] : [read];
  });
  const block = new Block(first, new Uint8Array(events.reduce((sum, event) => sum + roomFor(event), 0)));
  for (const event of events) block.append(event);
  return block;
}
