import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { csvEvent, csvHead } from '@socket-playground/shared/recording/csv.ts';
import type { RecordedBlocks } from './recorded-blocks.ts';
import { extensions } from './sessions.ts';
import type { Download, SaveFormat } from './sessions.ts';

/** An opened file in a format: as it is where it has that already, else written anew, block by block. */
export function exportOf(file: File, blocks: RecordedBlocks, format: SaveFormat): Download {
  const name = `${file.name.replace(/\.\w+$/, '')}.${extensions[format]}`;
  if (format === 'session') return { is: 'stream', name, size: file.size, stream: file.stream() };
  const [head, line] =
    format === 'csv'
      ? [csvHead, csvEvent]
      : ['', (event: SocketEvent) => `${JSON.stringify(toJsonEvent(event))}\n`];
  return { is: 'stream', name, size: null, stream: streamOf(linesOf(blocks, head, line)) };
}

async function* linesOf(
  blocks: RecordedBlocks,
  head: string,
  line: (event: SocketEvent) => string,
): AsyncGenerator<string> {
  if (head !== '') yield head;
  for await (const block of blocks.between(1, Infinity)) {
    let text = '';
    for (let seq = block.first; seq <= block.last; seq += 1) {
      const event = block.event(seq);
      if (event !== null) text += line(event);
    }
    yield text;
  }
}

/** Made as it is read: a reader that stops costs nothing. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encodeUtf8(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
