import { expect, it } from 'vitest';
import { must, openBench } from '../conformance/bench.ts';

const ttl = (value: number) => ({ option: 'ttl', value }) as const;

it('options that wait for bind are bounded: one more is refused until the socket is bound, and none is lost', async () => {
  const bench = openBench({ earlyOptions: 3 });
  const socket = bench.open({ family: 'inet', socketType: 'dgram' });
  for (const value of [1, 2, 3]) must(await socket.setOption(ttl(value)));
  await bench.misplaced('too-many-options', () => socket.setOption(ttl(4)));
  must(await socket.bind({ host: '127.0.0.1', port: 0 }));
  must(await socket.setOption(ttl(5)));
  const told = bench.eventsOf(socket).flatMap((event) => (event.type === 'option-set' ? [event.value] : []));
  expect(told).toEqual([1, 2, 3, 5]);
});
