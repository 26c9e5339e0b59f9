import { expect, it } from 'vitest';
import { dataHead, writeTold } from '@socket-playground/shared/recording/told.ts';
import type { SaveRequest } from './sessions.ts';
import { toldDownload } from './told-download.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const text = (words: string): Bytes[] => [dataHead(words.length), new TextEncoder().encode(words)];

/** A body that gives one piece each time it is asked, and may have no end. */
function bodyOf(pieces: readonly Bytes[], ends = true) {
  const left = [...pieces];
  const body = { cancelled: false };
  const stream = new ReadableStream<Bytes>({
    pull(controller) {
      const piece = left.shift();
      if (piece !== undefined) controller.enqueue(piece);
      else if (ends) controller.close();
    },
    cancel: () => void (body.cancelled = true),
  });
  return Object.assign(body, { stream });
}

function wanted(hide: SaveRequest['hide']) {
  const looked: number[] = [];
  const { signal } = new AbortController();
  const request: SaveRequest = { format: 'csv', hide, signal, looked: (share) => looked.push(share) };
  return { looked, request };
}

it('tells how much is looked through, then how much is written, and is the file', async () => {
  const { looked, request } = wanted([]);
  const { stream: body } = bodyOf([
    writeTold({ is: 'looked', share: 0.25 }),
    writeTold({ is: 'looked', share: 0.5 }),
    writeTold({ is: 'hidden', places: 3 }),
    ...text('one,'),
    writeTold({ is: 'wrote', share: 0.5 }),
    ...text('two'),
    writeTold({ is: 'wrote', share: 1 }),
  ]);
  const download = await toldDownload(body, request);
  if (download.is === 'unreachable') throw new Error(download.message);
  expect(looked).toEqual([0.25, 0.5]);
  expect(download).toMatchObject({ hidden: 3, size: null });
  expect(await new Response(download.stream).text()).toBe('one,two');
  expect(download.share?.()).toBe(1);
});

it.each([
  [null, [...text('all')], 'all'],
  [null, [], ''],
])('is the file when nothing is hidden', async (hide, pieces, file) => {
  const download = await toldDownload(bodyOf(pieces).stream, wanted(hide).request);
  if (download.is === 'unreachable') throw new Error(download.message);
  expect(download.hidden).toBeNull();
  expect(await new Response(download.stream).text()).toBe(file);
});

it('says why there is none', async () => {
  const { stream } = bodyOf([writeTold({ is: 'refused', why: 'There are too many places.' })]);
  expect(await toldDownload(stream, wanted([]).request)).toEqual({
    is: 'unreachable',
    message: 'There are too many places.',
  });
});

it('that fails while nothing has come yet fails once: ending the request is no failure of its own', async () => {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.error(new DOMException('no more', 'AbortError')),
  });
  await expect(toldDownload(body, wanted([]).request)).rejects.toThrow('no more');
  // What nobody catches fails the run.
  await new Promise((resolve) => setTimeout(resolve));
});

it('ends the request when nobody wants the rest', async () => {
  const body = bodyOf([...text('one'), ...text('two')], false);
  const download = await toldDownload(body.stream, wanted(null).request);
  if (download.is === 'unreachable') throw new Error(download.message);
  await download.stream.cancel();
  await expect.poll(() => body.cancelled).toBe(true);
});
