/** What a connection keeps of commands that are done with. */
import { setFlagsFromString } from 'node:v8';
import { createContext, runInContext } from 'node:vm';
import { expect, it } from 'vitest';
import { must, openBench } from '../conformance/bench.ts';
import { begin, noise } from '../conformance/conversation.ts';
import { kinds } from '../conformance/kinds.ts';

setFlagsFromString('--expose-gc');
const context = createContext();

function heapUsed(): number {
  runInContext('gc()', context);
  return process.memoryUsage().heapUsed;
}

const streams = kinds.filter(({ can }) => can.end);
/** The second is more than two kernels keep for a peer that does not read. */
const sizes = [1, 12 * 1024 * 1024];

it.each(streams.flatMap((kind) => sizes.map((size) => ({ ...kind, size }))))(
  '$title: shutdown behind $size bytes, asked for once more, keeps nothing',
  async ({ size, ...kind }) => {
    const { socket, peer } = await begin(openBench(), kind);
    peer.pause();
    must(await socket.send(noise(size)));
    const shutDown = async (times: number) => {
      for (let time = 0; time < times; time += 1) must(await socket.shutdown());
    };
    await shutDown(1_000);
    const before = heapUsed();
    const times = 20_000;
    await shutDown(times);
    expect((heapUsed() - before) / times).toBeLessThan(50);
  },
);
