import { describe, expect, it } from 'vitest';
import { at, Scene } from '../scene.ts';
import { draft } from './draft.ts';
import { hostChoices, withFreePort, withLikelyTarget } from './help.ts';
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
    expect(withLikelyTarget(newForm('client'), scene.sockets).entries).toMatchObject({ port: '9000' });
    const datagrams = withProtocol(newForm('client'), 'dgram');
    expect(withLikelyTarget(datagrams, scene.sockets).entries).toMatchObject({ port: '9999' });
    expect(withLikelyTarget(newForm('client'), new Map()).entries).toMatchObject({ port: '8888' });
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

  it('is where the last client was, outside, until a server is opened', () => {
    const scene = new Scene().listener(1, 8888).client(2, 40_001, 502).happens(2, { type: 'closed' });
    const next = () => draft('client', undefined, {}, scene.sockets);
    expect(next()).toMatchObject({ socketType: 'stream', entries: { host: '127.0.0.1', port: '502' } });
    scene.client(3, 40_002, 8888).accepted(4, 1, 8888, 40_002).refused(5, 9);
    expect(next()).toMatchObject({ entries: { port: '502' } });
    scene.listener(6, 8889);
    expect(next()).toMatchObject({ entries: { port: '8889' } });
    scene.client(7, 40_003, 8889).happens(6, { type: 'closed' });
    expect(next()).toMatchObject({ entries: { port: '502' } });
  });

  it('is a device that speaks in datagrams, by the name that was entered for it', () => {
    const scene = new Scene().listener(1, 8888);
    scene
      .opened(2, 'dgram')
      .happens(
        2,
        { type: 'connecting', remote: at(47808, '192.168.1.9') },
        { type: 'connected', local: at(40_001), remote: at(47808, '192.168.1.9') },
      );
    const device = { host: '192.168.1.9', port: '47808' };
    expect(draft('client', undefined, {}, scene.sockets)).toMatchObject({
      socketType: 'dgram',
      entries: device,
    });
    const named = { ...newForm('client'), entries: { ...device, host: 'boiler.local' } };
    expect(draft('client', named, {}, scene.sockets)).toMatchObject({ entries: named.entries });
  });

  it('is the next port that none of ours holds for a server', () => {
    const scene = new Scene().listener(1, 8888).listener(2, 8889);
    expect(withFreePort(newForm('server'), scene.sockets).entries).toMatchObject({ port: '8890' });
    expect(withFreePort(withProtocol(newForm('server'), 'dgram'), scene.sockets).entries).toMatchObject({
      port: '8888',
    });
  });
});
