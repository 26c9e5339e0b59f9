import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { csvEvent, csvGap, csvHead } from '@socket-playground/shared/recording/csv.ts';
import { PcapngWriter } from '@socket-playground/shared/recording/pcapng/writer.ts';
import { writeSegmentHead } from '@socket-playground/shared/recording/segment.ts';
import type { Block } from '@socket-playground/shared/wire/block.ts';
import type { Gap } from '@socket-playground/shared/wire/messages.ts';
import { Breath } from './breath.ts';
import { RecordingFile } from './recording-file.ts';
import type { Download, SaveFormat } from './sessions.ts';
import { extensions } from './sessions.ts';

interface Lines {
  readonly head: string;
  readonly event: (event: SocketEvent) => string;
  readonly gap: (gap: Gap) => string;
}

const json = (value: unknown) => `${JSON.stringify(value)}\n`;
const formats: Readonly<Record<Exclude<SaveFormat, 'session' | 'pcapng'>, Lines>> = {
  json: { head: '', event: (event) => json(toJsonEvent(event)), gap: json },
  csv: { head: csvHead, event: csvEvent, gap: csvGap },
};

/** A file that was opened, as a file of this format: as it is where it has that already, else written anew. */
export async function exportOf(file: File, format: SaveFormat): Promise<Download> {
  const opened = await RecordingFile.open(file);
  const name = `${file.name.replace(/\.\w+$/, '')}.${extensions[format]}`;
  if (opened.format === format) return { is: 'stream', name, size: file.size, stream: file.stream() };
  if (format === 'session' && opened.format === 'json') return { is: 'unreachable', message: noRun };
  if (format === 'pcapng' && opened.format === 'pcap') return { is: 'unreachable', message: isPackets };
  return { is: 'stream', name, size: null, stream: streamOf(piecesOf(opened, format)) };
}

const noRun = 'JSON Lines do not say when their run began, so no session file can be made of them.';

const isPackets = 'This is a file of packets already: Wireshark opens it as it is.';

type Piece = Uint8Array<ArrayBuffer>;

function piecesOf(file: RecordingFile, format: SaveFormat): AsyncGenerator<Piece> {
  if (format === 'session') return segmentsOf(file);
  return format === 'pcapng' ? packetsOf(file) : linesOf(file, formats[format]);
}

/** A session file: a new segment begins wherever something is missing. */
async function* segmentsOf(file: RecordingFile): AsyncGenerator<Piece> {
  let origin = { epoch: '', started: '' };
  let [last, follows] = [0, 0];
  const breath = new Breath();
  for await (const part of file.parts()) {
    await breath.take();
    if (part.kind === 'unreadable') throw new Error(part.problem.message);
    if (part.kind === 'begin') {
      origin = part.epoch;
      yield writeSegmentHead({ ...origin, pid: 0, first: 1, follows: 0, standing: [] });
    } else if (part.kind === 'segment' && part.first > last + 1) {
      const { first, reason: missing } = part;
      if (missing === 'keep-limit') follows = first - 1;
      yield writeSegmentHead({
        ...origin,
        pid: 0,
        first,
        follows,
        missing,
        standing: [...(part.standing ?? [])],
      });
      last = first - 1;
    } else if (part.kind === 'block') {
      yield part.block.bytesFrom(0).slice();
      last = follows = part.block.last;
    }
  }
}

async function* packetsOf(file: RecordingFile): AsyncGenerator<Piece> {
  let writer: PcapngWriter | null = null;
  let last = 0;
  const breath = new Breath();
  for await (const part of file.parts()) {
    if (part.kind === 'unreadable') throw new Error(part.problem.message);
    if (part.kind === 'begin') {
      writer = new PcapngWriter(part.epoch);
      yield writer.start;
    } else if (writer === null) continue;
    else if (part.kind === 'segment' && part.first > last + 1) {
      const missing = { type: 'gap', from: last + 1, to: part.first - 1, reason: part.reason } as const;
      yield joined(writer.gap(missing, part.standing));
      last = part.first - 1;
    } else if (part.kind === 'block') {
      for (let from = part.block.first; from <= part.block.last; from += eventsPerPiece) {
        await breath.take();
        yield joined(packetsBetween(writer, part.block, from));
      }
      last = part.block.last;
    }
  }
  if (writer !== null) yield joined(writer.end());
}

const packetsBetween = (writer: PcapngWriter, block: Block, from: number) =>
  eventsBetween(block, from, from + eventsPerPiece - 1).flatMap((event) => writer.write(event));

function joined(pieces: readonly Uint8Array[]): Piece {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

async function* linesOf(file: RecordingFile, { head, event, gap }: Lines): AsyncGenerator<Piece> {
  let last = 0;
  const breath = new Breath();
  if (head !== '') yield encodeUtf8(head);
  for await (const part of file.parts()) {
    if (part.kind === 'unreadable') throw new Error(part.problem.message);
    if (part.kind === 'segment' && part.first > last + 1) {
      yield encodeUtf8(gap({ type: 'gap', from: last + 1, to: part.first - 1, reason: part.reason }));
      last = part.first - 1;
    }
    if (part.kind !== 'block') continue;
    for (let from = part.block.first; from <= part.block.last; from += eventsPerPiece) {
      await breath.take();
      const events = eventsBetween(part.block, from, from + eventsPerPiece - 1);
      yield encodeUtf8(events.map(event).join(''));
    }
    last = part.block.last;
  }
}

const eventsPerPiece = 1_000;

function eventsBetween(block: Block, from: number, to: number): SocketEvent[] {
  const events: SocketEvent[] = [];
  for (let seq = from; seq <= Math.min(to, block.last); seq += 1) {
    const event = block.event(seq);
    if (event !== null) events.push(event);
  }
  return events;
}

/** Made as it is read: a reader that stops costs nothing. */
function streamOf(pieces: AsyncGenerator<Piece>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const piece = await pieces.next();
      if (piece.done === true) controller.close();
      else controller.enqueue(piece.value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
