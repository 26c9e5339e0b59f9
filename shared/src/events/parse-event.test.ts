import { expect, it } from 'vitest';
import { parseEvent } from './parse-event.ts';

const resolved = (addresses: readonly object[]) => ({
  ...{ seq: 1, time: 0, socket: 1, type: 'resolved', host: 'a.example', addresses },
});

it('an event is parsed; what is none is null, however much of it is wrong', () => {
  const sound = resolved([{ host: '127.0.0.1', family: 'inet' }]);
  expect(parseEvent(sound)).toEqual(sound);
  for (const count of [1, 200_000])
    expect(parseEvent(resolved(Array.from({ length: count }, () => ({}))))).toBeNull();
});
