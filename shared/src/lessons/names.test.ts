import { describe, expect, it } from 'vitest';
import { LessonLog } from '../../test/lesson-log.ts';
import { Facts } from './facts.ts';
import { expand, lookUp, namesIn, referenceOf } from './names.ts';
import type { Names, Thing } from './names.ts';

/** A server, a client of ours that said `hi`, and somebody from outside. */
function conversation() {
  const log = new LessonLog();
  const listener = log.serve();
  const { client, server } = log.join(listener);
  const visitor = log.visit(listener);
  log.received(server, 'hi');
  const events = [...log.events(1)];
  const event = events.find(({ type }) => type === 'received') ?? null;
  const things: Readonly<Record<string, Thing>> = {
    srv: { socket: listener, event: null, address: null },
    c: { socket: server, event, address: null },
    gone: { socket: null, event: null, address: { host: '127.0.0.1', port: 9 } },
  };
  const facts = new Facts(events);
  const names: Names = {
    ...{ vars: { WORD: 'otter', N: 3 }, machine: { name: 'here', platform: 'linux' }, facts },
    thing: (name) => new Map(Object.entries(things)).get(name),
  };
  return { log, names, facts, listener, client, server, visitor };
}

describe('names in text', () => {
  it('are filled in', () => {
    const { names, log, listener, client, server } = conversation();
    const { port } = log.addressOf(listener);
    const filled = (text: string) => expand(text, names);
    expect(filled('${WORD} x ${N}')).toBe('otter x 3');
    expect(filled('${srv.address} ${srv.host} ${srv.port}')).toBe(`127.0.0.1:${port} 127.0.0.1 ${port}`);
    expect(filled('${gone.address}')).toBe('127.0.0.1:9');
    expect(filled('#${c} got ${c.text}, ${c.size} bytes')).toBe(`#${server} got hi, 2 bytes`);
    expect(filled('${c.remote.port}')).toBe(String(log.addressOf(client).port));
    expect(filled('${machine.name} on ${machine.platform}')).toBe('here on linux');
  });

  it('stay as they are while they stand for nothing', () => {
    const { names } = conversation();
    expect(expand('${nobody.port} and ${srv.remote.port}', names)).toBe(
      '${nobody.port} and ${srv.remote.port}',
    );
  });

  it('are never those of an object that holds them', () => {
    const { names } = conversation();
    const text = '${constructor} ${toString} ${hasOwnProperty}';
    expect(expand(text, names)).toBe(text);
  });

  it('are found, as a whole reference or inside of text', () => {
    expect(namesIn('$c.remote.port')).toEqual(['c']);
    expect(namesIn('${a} and ${b.port}, but not $c')).toEqual(['a', 'b']);
    expect(referenceOf('$c.remote.port')).toEqual({ name: 'c', path: ['remote', 'port'] });
    expect(referenceOf('a $c')).toBeNull();
  });

  it('a scene address without a socket stands for itself', () => {
    expect(lookUp('gone', [], conversation().names)).toEqual({ host: '127.0.0.1', port: 9 });
  });
});

describe('facts', () => {
  it('tell who accepted a socket and whose its other end is', () => {
    const { facts, listener, server, visitor } = conversation();
    expect(facts.of(server).listener).toBe(listener);
    expect(facts.peerOf(server)).toBe('ours');
    expect(facts.peerOf(visitor)).toBe('external');
  });

  it('nobody can tell while a client of ours is on its way to the same place', () => {
    const log = new LessonLog();
    const listener = log.serve();
    const visitor = log.visit(listener);
    log.add({ type: 'connecting', socket: 90, remote: log.addressOf(listener) });
    expect(new Facts(log.events(1)).peerOf(visitor)).toBe('unknown');
    log.add({ type: 'closed', socket: 90 });
    expect(new Facts(log.events(1)).peerOf(visitor)).toBe('external');
  });
});
