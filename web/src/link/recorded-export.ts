import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { csvEvent, csvGap, csvHead } from '@socket-playground/shared/recording/csv.ts';
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
const formats: Readonly<Record<Exclude<SaveFormat, 'session'>, Lines>> = {
  json: { head: '', event: (event) => json(toJsonEvent(event)), gap: json },
  csv: { head: csvHead, event: csvEvent, gap: csvGap },
};

/** A file that was opened, as a file of this format: as it is where it has that already, else written anew. */
export async function exportOf(file: File, format: SaveFormat): Promise<Download> {
  const opened = await RecordingFile.open(file);
  const name = `${file.name.replace(/\.\w+$/, '')}.${extensions[format]}`;
  if (opened.format === format) return { is: 'stream', name, size: file.size, stream: file.stream() };
  if (format === 'session') return { is: 'unreachable', message: noRun };
  return { is: 'stream', name, size: null, stream: streamOf(linesOf(opened, formats[format])) };
}

const noRun = 'JSON Lines do not say when their run began, so no session file can be made of them.';

async function* linesOf(file: RecordingFile, { head, event, gap }: Lines): AsyncGenerator<string> {
  let last = 0;
  const breath = new Breath();
  if (head !== '') yield head;
  for await (const part of file.parts()) {
    if (part.kind === 'unreadable') throw new Error(part.problem.message);
    if (part.kind === 'segment' && part.first > last + 1) {
      yield gap({ type: 'gap', from: last + 1, to: part.first - 1, reason: part.reason });
      last = part.first - 1;
    }
    if (part.kind !== 'block') continue;
    for (let from = part.block.first; from <= part.block.last; from += eventsPerPiece) {
      await breath.take();
      yield linesBetween(part.block, from, from + eventsPerPiece - 1, event);
    }
    last = part.block.last;
  }
}

const eventsPerPiece = 1_000;

function linesBetween(block: Block, from: number, to: number, line: Lines['event']): string {
  let text = '';
  for (let seq = from; seq <= Math.min(to, block.last); seq += 1) {
    const event = block.event(seq);
    if (event !== null) text += line(event);
  }
  return text;
}

/** Made as it is read: a reader that stops costs nothing. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const piece = await pieces.next();
      if (piece.done === true) controller.close();
      else controller.enqueue(encodeUtf8(piece.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
