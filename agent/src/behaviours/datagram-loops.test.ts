import { socketState } from '@socket-playground/shared/events/state.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { describe, expect, it } from 'vitest';
import { DatagramLoops } from './datagram-loops.ts';

const echo = { name: 'echo' } as const;
const at = (port: number) => ({ host: '127.0.0.1', port });

function datagramSocket(
  socket: number,
  port: number,
  behaviour: SocketState['behaviour'] = echo,
): SocketState {
  return socketState.parse({
    ...{ socket, family: 'inet', socketType: 'dgram', label: null, listener: null, role: 'datagram' },
    ...{ state: 'bound', local: at(port), remote: null, called: null, paused: false, blocked: false },
    ...{ queued: 0, backlog: null, behaviour, endedByLocal: false, endedByRemote: false, resetBy: null },
    ...{ lastFailure: null, bytesSent: 0, bytesReceived: 0, eventsSent: 0, eventsReceived: 0 },
    ...{ openedAt: 0, closedAt: null },
  });
}

function open(limits = { loopAnswers: 3, calledPeers: 4 }) {
  const loops = new DatagramLoops(limits);
  const own = datagramSocket(1, 7);
  loops.moved(own);
  const check = (port: number) => {
    const found = loops.check(own, echo, at(port));
    return found === null || found === 'silent' ? found : found.code;
  };
  return { loops, own, check };
}

describe('peers that a socket called by hand', () => {
  it('get so many answers, then one problem, then silence', () => {
    const { loops, check } = open();
    loops.sent(1, at(9));
    expect([1, 2, 3, 4, 5].map(() => check(9))).toEqual([null, null, null, 'behaviour-loop', 'silent']);
    expect(check(10)).toBeNull();
  });

  it('are not those that only got answers', () => {
    const { loops, check } = open();
    for (let turn = 0; turn < 10; turn += 1) {
      expect(check(9)).toBeNull();
      loops.answering(1, at(9));
      loops.sent(1, at(9));
    }
    loops.answering(1, at(9));
    loops.unsent(1, at(9));
    expect(check(9)).toBeNull();
  });

  it('are remembered up to a limit: the one that was quiet longest is forgotten, a loop never is', () => {
    const { loops, check } = open();
    loops.sent(1, at(100));
    for (let port = 101; port <= 130; port += 1) {
      if (port % 10 === 0) check(100);
      loops.sent(1, at(port));
      if (port % 3 === 0) loops.sent(1, at(100));
    }
    expect(check(100)).toBe('behaviour-loop');
    expect([1, 2, 3, 4, 5].map(() => check(101))).toEqual([null, null, null, null, null]);
    expect([1, 2, 3, 4, 5].map(() => check(130)).at(-1)).toBe('silent');
  });
});

describe('our own sockets that answer', () => {
  it('are known by where they are bound and what they do at the moment', () => {
    const { loops, check } = open();
    expect(check(9)).toBeNull();
    loops.moved(datagramSocket(2, 9));
    expect(check(9)).toBe('behaviour-loop');
    expect(check(9)).toBe('silent');
    loops.moved(datagramSocket(3, 11, { name: 'discard' }));
    expect(check(11)).toBeNull();
    loops.moved(datagramSocket(3, 11));
    expect(check(11)).toBe('behaviour-loop');
    loops.forget(3);
    expect(check(11)).toBeNull();
  });
});
