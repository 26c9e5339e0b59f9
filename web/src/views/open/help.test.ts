import { describe, expect, it } from 'vitest';
import { Scene } from '../scene.ts';
import { draft } from './draft.ts';
import { hostChoices, withFreePort, withNewestServer } from './help.ts';
import { newForm, withProtocol } from './model.ts';

const machine = { addresses: ['127.0.0.1', '192.168.1.7'], expose: false };

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
  });

  it('is the newest server, until another client was opened', () => {
    const both = new Scene().listener(1, 8888).datagram(2, 9999);
    const next = () => draft('client', undefined, {}, both.sockets);
    expect(next()).toMatchObject({ socketType: 'dgram', entries: { port: '9999' } });
    both.client(3, 40_001, 8888).accepted(4, 1, 8888, 40_001);
    expect(next()).toMatchObject({ socketType: 'stream', entries: { port: '8888' } });
    both.datagram(5, 9998);
    expect(next()).toMatchObject({ socketType: 'dgram', entries: { port: '9998' } });
  });

  it('is the next port that none of ours holds for a server', () => {
    const scene = new Scene().listener(1, 8888).listener(2, 8889);
    expect(withFreePort(newForm('server'), scene.sockets).entries).toMatchObject({ port: '8890' });
    expect(withFreePort(withProtocol(newForm('server'), 'dgram'), scene.sockets).entries).toMatchObject({
      port: '8888',
    });
  });
});
