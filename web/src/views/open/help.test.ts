import { describe, expect, it } from 'vitest';
import { Scene } from '../scene.ts';
import { draft } from './draft.ts';
import { holderOf, hostChoices, triesFor, withFreePort, withNewestServer } from './help.ts';
import { newForm, withProtocol } from './model.ts';

const machine = { addresses: ['127.0.0.1', '192.168.1.7'], expose: false };
const command = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 8888 } as const;
const problem = (code: string) => ({ code, message: '', hint: '' });
const labels = (...given: Parameters<typeof triesFor>) => triesFor(...given).map(({ label }) => label);

describe('the hosts that are offered', () => {
  it('are this machine’s, and the wildcards only when others may come in', () => {
    const hosts = (expose: boolean) =>
      hostChoices(newForm('server'), new Map(), { ...machine, expose }).map(({ host }) => host);
    expect(hosts(false)).toEqual(['127.0.0.1', 'localhost', '::1', '192.168.1.7']);
    expect(hosts(true)).toContain('0.0.0.0');
  });

  it('begin with our own servers where a client looks for one', () => {
    const scene = new Scene().listener(1, 8888).listener(2, 9000, 'http').datagram(3, 9999);
    const choices = hostChoices(newForm('client'), scene.sockets, machine);
    expect(choices.slice(0, 2).map(({ note, port }) => [note, port])).toEqual([
      ['#2 http', 9000],
      ['#1 echo', 8888],
    ]);
  });
});

describe('what most likely comes next', () => {
  it('is the newest server of the protocol for a client', () => {
    const scene = new Scene().listener(1, 8888).listener(2, 9000).datagram(3, 9999);
    expect(withNewestServer(newForm('client'), scene.sockets).entries).toMatchObject({ port: '9000' });
    const datagrams = withProtocol(newForm('client'), 'dgram');
    expect(withNewestServer(datagrams, scene.sockets).entries).toMatchObject({ port: '9999' });
    expect(withNewestServer(newForm('client'), new Map()).entries).toMatchObject({ port: '8888' });
  });

  it('is a server of the other protocol where no other is open, unless somebody said which', () => {
    const { sockets } = new Scene().datagram(1, 9999);
    expect(draft('client', undefined, {}, sockets)).toMatchObject({
      socketType: 'dgram',
      entries: { port: '9999' },
    });
    expect(draft('client', undefined, { socketType: 'stream' }, sockets)).toMatchObject({
      socketType: 'stream',
      entries: { port: '8888' },
    });
    const both = new Scene().listener(1, 8888).datagram(2, 9999);
    expect(draft('client', undefined, {}, both.sockets).socketType).toBe('stream');
  });

  it('is the next port that none of ours holds for a server', () => {
    const scene = new Scene().listener(1, 8888).listener(2, 8889);
    expect(withFreePort(newForm('server'), scene.sockets).entries).toMatchObject({ port: '8890' });
    expect(withFreePort(withProtocol(newForm('server'), 'dgram'), scene.sockets).entries).toMatchObject({
      port: '8888',
    });
  });
});

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
