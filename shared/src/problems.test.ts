/** What every problem of our own keeps to, whatever it names. */
import { expect, it } from 'vitest';
import { hasUnsafe } from './payload/visible.ts';
import { problem } from './problems.ts';

it('names what anybody may have sent without letting it act on what shows it', () => {
  const hostile = '\u001b[2J\u009b31m\u202e\0\n';
  const group = problem('policy-join', { group: hostile }, 'value.interface');
  const session = problem('no-such-session', { id: hostile }, hostile);
  for (const { message, hint, field = '' } of [group, session])
    expect([message, hint, field].filter(hasUnsafe)).toEqual([]);
  expect(group.message).toContain(String.raw`\x1b[2J\u009b31m\u202e\0\n`);
});

it('says of a socket that listens no more than is true', () => {
  expect(problem('already-connected', { socket: 3 }).message).toBe(
    '#3 is listening, connecting or connected already.',
  );
});

it('counts in sentences', () => {
  const messageOf = (bytes: number) => problem('unsent', { bytes }).message;
  expect(messageOf(1)).toBe('1 byte was never taken by the kernel.');
  expect(messageOf(65_536)).toBe('65,536 bytes were never taken by the kernel.');
  const free = (left: number) => problem('few-descriptors', { left, most: 4_096 }).message;
  expect(free(1)).toMatch(/^Only 1 of 4,096 file descriptors is free:/);
  expect(free(2)).toMatch(/^Only 2 of 4,096 file descriptors are free:/);
});

it('names to wait for what the socket will tell, and counts one as one', () => {
  const full = { socket: 3, most: 1 };
  const stream = problem('queue-full', { ...full, socketType: 'stream', queued: 2, of: 'byte' });
  expect(stream.message).toBe('#3 has 2 bytes waiting; at most 1 may wait.');
  expect(stream.hint).toContain('"drained"');
  for (const of of ['byte', 'datagram'] as const) {
    const { message, hint } = problem('queue-full', { ...full, socketType: 'dgram', queued: 1, of });
    expect(message).toBe(`#3 has 1 ${of} waiting; at most 1 may wait.`);
    expect(hint).toContain('"sent"');
    expect(hint).not.toContain('"drained"');
  }
});
