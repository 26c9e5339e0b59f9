import { describe, expect, it } from 'vitest';
import { Scene } from '../scene.ts';
import { holderOf, triesFor } from './tries.ts';

const command = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 8888 } as const;
const problem = (code: string) => ({ code, message: '', hint: '' });
const labels = (...given: Parameters<typeof triesFor>) => triesFor(...given).map(({ label }) => label);

describe('after a failure', () => {
  it('the socket in the way can be closed when it is ours', () => {
    const scene = new Scene().listener(1, 8888).accepted(2, 1, 8888, 40312);
    const holder = holderOf(command, scene.sockets);
    expect(holder?.socket).toBe(1);
    expect(labels(problem('EADDRINUSE'), command, holder)).toEqual(['Use any free port', 'Close #1']);
    expect(labels(problem('EADDRINUSE'), command, null)).toEqual(['Use any free port']);
  });

  it('a wildcard holds every address', () => {
    const scene = new Scene().listener(1, 8888, 'echo', '0.0.0.0');
    expect(holderOf(command, scene.sockets)?.socket).toBe(1);
    expect(holderOf({ ...command, port: 8889 }, scene.sockets)).toBeNull();
    expect(holderOf({ ...command, socketType: 'dgram' }, scene.sockets)).toBeNull();
  });

  it.each([
    ['EACCES', { ...command, port: 80 }, ['Use port 8080', 'Use any free port']],
    ['EADDRNOTAVAIL', command, ['Use 127.0.0.1']],
    ['policy-listen', command, ['Use 127.0.0.1']],
    ['ECONNREFUSED', { ...command, type: 'dial' }, ['Open a server there']],
    ['ETIMEDOUT', { ...command, type: 'dial' }, []],
  ] as const)('%s offers what helps', (code, about, offered) => {
    expect(labels(problem(code), about, null)).toEqual(offered);
  });
});
