/** A file that tells how far it is, as what is saved: the words are taken out of the stream and told. */
import { ToldReader } from '@socket-playground/shared/recording/told.ts';
import type { Told } from '@socket-playground/shared/recording/told.ts';
import type { Download, SaveRequest } from './sessions.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Settles when the first of the file is here, or why there is none. Rejects when the agent goes away before. */
export async function toldDownload(
  body: ReadableStream<Bytes>,
  { hide, looked }: SaveRequest,
): Promise<Download> {
  const frames = framesOf(body.getReader());
  let written = 0;
  const share = () => written;
  for (;;) {
    const { done, value: told } = await frames.next();
    if (!done && told.is === 'refused') return { is: 'unreachable', message: told.why };
    if (!done && told.is === 'looked') looked(told.share);
    else {
      const hidden = hide === null ? null : !done && told.is === 'hidden' ? told.places : 0;
      const stream = dataOf(frames, done ? null : told, (so) => (written = so));
      return { is: 'stream', size: null, share, hidden, stream };
    }
  }
}

async function* framesOf(reader: ReadableStreamDefaultReader<Bytes>): AsyncGenerator<Told, void> {
  const frames = new ToldReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read())
      yield* frames.add(read.value);
  } finally {
    // Whoever stops in between ends the request. One that has failed has ended.
    void reader.cancel().catch(() => undefined);
  }
}

function dataOf(
  frames: AsyncGenerator<Told, void>,
  first: Told | null,
  wrote: (share: number) => void,
): ReadableStream<Bytes> {
  let waiting = first;
  const next = async () => {
    const told = waiting ?? (await frames.next()).value;
    waiting = null;
    return told;
  };
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        const told = await next();
        if (!told) {
          controller.close();
          return;
        }
        if (told.is === 'wrote') wrote(told.share);
        if (told.is !== 'data') continue;
        controller.enqueue(told.bytes);
        return;
      }
    },
    async cancel() {
      await frames.return();
    },
  });
}
