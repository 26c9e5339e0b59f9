import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../events/event.ts';
import { explain, explainedCodes } from '../../explain.ts';
import { addressIn } from './words.ts';

const failed = (code: string, during: string, host: string, port?: number): EventOf<'failed'> => {
  const about = port === undefined ? { during, host } : { during, host, port };
  return { seq: 1, time: 1, socket: 1, type: 'failed', errno: null, ...about, code, ...explain(code, about) };
};

describe('the address of a failed call', () => {
  it.each(['127.0.0.1', '::1', 'fe80::1%eth0'])('is found in the words about a bind to %s', (host) => {
    for (const port of [80, 8888])
      expect(addressIn(failed('EADDRINUSE', 'bind', host, port), 'stream')).toEqual({ host, port });
    expect(addressIn(failed('EACCES', 'bind', host, 80), 'stream')).toEqual({ host, port: 80 });
  });

  it('is the name alone where there was only a name', () => {
    const event = failed('ENOTFOUND', 'resolve', 'no-such-name.invalid');
    expect(addressIn(event, 'stream')).toEqual({ host: 'no-such-name.invalid', port: null });
  });

  it('is never a guess', () => {
    for (const code of explainedCodes)
      for (const during of ['bind', 'connect', 'resolve', 'sendto', 'listen']) {
        const found = addressIn(failed(code, during, '192.0.2.7', 4321), 'stream');
        if (found !== null) expect([null, 4321], `${code} ${during}`).toContain(found.port);
        if (found !== null) expect(found.host, `${code} ${during}`).toBe('192.0.2.7');
      }
    const event = failed('EADDRINUSE', 'bind', '127.0.0.1', 80);
    expect(addressIn({ ...event, message: 'something else' }, 'stream')).toBeNull();
    expect(addressIn(failed('ENOTFOUND', 'resolve', 'na\nme'), 'stream')).toBeNull();
  });
});
