import { describe, expect, it } from 'vitest';
import type { SocketFact } from '@socket-playground/shared/events/event.ts';
import { Scene } from '../scene.ts';
import { conditionOf, nameOf, peerOf } from './describe.ts';

const connected = (...facts: SocketFact[]) =>
  conditionOf(
    new Scene()
      .client(1, 52144, 8888)
      .happens(1, ...facts)
      .of(1),
  );

describe('the state of a socket', () => {
  it('is told by a shape and a word', () => {
    expect(conditionOf(new Scene().opened(1).of(1))).toMatchObject({ glyph: 'opened', word: 'opened' });
    expect(conditionOf(new Scene().listener(1, 80).of(1))).toMatchObject({
      glyph: 'listening',
      word: 'listening',
    });
    expect(connected()).toMatchObject({ glyph: 'connected', word: 'connected', why: null, trouble: false });
  });

  it('says what half of a closed connection can still do', () => {
    expect(connected({ type: 'ended', by: 'remote' }).why).toBe('FIN received. This side may still send.');
    expect(connected({ type: 'ended', by: 'local' }).why).toBe('FIN sent. This side may still receive.');
    expect(connected({ type: 'ended', by: 'local' }, { type: 'ended', by: 'remote' }).word).toBe('closing');
  });

  it('says what only the other end knows: an RST that came after a FIN', () => {
    const scene = new Scene().listener(1, 8888).client(2, 52144, 8888).accepted(3, 1, 8888, 52144);
    scene.happens(2, { type: 'ended', by: 'local' }).happens(3, { type: 'ended', by: 'remote' });
    const why = () => conditionOf(scene.of(3), peerOf(scene.of(3), scene.sockets, scene.who)).why;
    expect(why()).toBe('FIN received. This side may still send.');
    scene.happens(2, { type: 'reset', by: 'local' }, { type: 'closed' });
    expect(why()).toBe('#2 has reset it; the kernel tells this end at its next send.');
    const client = conditionOf(scene.of(2), peerOf(scene.of(2), scene.sockets, scene.who));
    expect(client.why).toBe('This side sent RST: #3 gets ECONNRESET at its next send.');
  });

  it('says who waits for whom', () => {
    expect(connected({ type: 'paused' })).toMatchObject({ glyph: 'paused', trouble: false });
    const blocked = connected({ type: 'blocked', queued: 32 * 1024 * 1024 });
    expect(blocked).toMatchObject({
      glyph: 'blocked',
      trouble: true,
      fill: 0.5,
      why: 'At least 32.0 MiB wait for the peer',
    });
  });

  it('tells a reset from a close, and by whom', () => {
    expect(connected({ type: 'closed' })).toMatchObject({ glyph: 'closed', trouble: false });
    const byPeer = connected({ type: 'reset', by: 'remote' }, { type: 'closed' });
    expect(byPeer).toMatchObject({ glyph: 'reset', why: 'ECONNRESET: the other side sent RST.' });
    expect(connected({ type: 'reset', by: 'local' }, { type: 'closed' }).why).toMatch(/^This side sent RST/);
  });

  it('keeps the reason of a refused connection', () => {
    expect(conditionOf(new Scene().refused(1, 9000).of(1))).toMatchObject({
      glyph: 'failed',
      word: 'refused',
      code: 'ECONNREFUSED',
      why: 'Nothing is listening on 127.0.0.1:9000.',
    });
  });

  it('does not call a socket failed that failed at something and was closed later', () => {
    const failed = {
      type: 'failed',
      during: 'send',
      code: 'EPIPE',
      errno: 32,
      message: '',
      hint: '',
    } as const;
    expect(connected(failed, { type: 'closed' }).word).toBe('closed');
  });
});

describe('the name of a socket', () => {
  it('puts a label of its own first', () => {
    const scene = new Scene().opened(1, 'stream', 'my server');
    scene.happens(1, { type: 'listening', local: { host: '::1', port: 1 }, backlog: 1 });
    expect(nameOf(scene.of(1), scene.sockets, scene.who)).toEqual({ main: 'my server', rest: 'none server' });
  });

  it('is cut where no line has room for it, and so is why a socket failed', () => {
    const scene = new Scene().opened(1, 'stream', 'x'.repeat(262_144));
    const told = { code: 'E'.repeat(262_144), errno: 1, message: 'm'.repeat(262_144), hint: '' };
    scene.happens(1, { type: 'failed', during: 'connect', ...told }, { type: 'closed' });
    const { code, why } = conditionOf(scene.of(1));
    const lengths = [nameOf(scene.of(1), scene.sockets, scene.who).main, code, why].map(
      (text) => text?.length,
    );
    expect(lengths).toEqual([1_001, 1_001, 1_001]);
  });

  it('says once what the label says already', () => {
    const scene = new Scene().opened(1, 'stream', 'echo');
    scene.happens(
      1,
      { type: 'behaving', behaviour: { name: 'echo' } },
      { type: 'listening', local: { host: '::1', port: 1 }, backlog: 1 },
    );
    expect(nameOf(scene.of(1), scene.sockets, scene.who)).toEqual({ main: 'echo', rest: 'server' });
  });

  it('finds the datagram server a client talks to', () => {
    const scene = new Scene().datagram(1, 9999).opened(2, 'dgram');
    scene.happens(2, {
      type: 'connected',
      local: { host: '127.0.0.1', port: 5 },
      remote: { host: '127.0.0.1', port: 9999 },
    });
    expect(nameOf(scene.of(2), scene.sockets, scene.who)).toEqual({ main: 'client', rest: 'of #1' });
    const queued = new Scene().listener(1, 8888).client(2, 52144, 8888);
    expect(nameOf(queued.of(2), queued.sockets, queued.who)).toEqual({ main: 'client', rest: 'waits at #1' });
  });
});
