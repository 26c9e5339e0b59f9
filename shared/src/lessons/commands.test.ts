import { describe, expect, it } from 'vitest';
import { namesOf } from '../../test/lesson-stage.ts';
import { commandOf, placeOf } from './commands.ts';
import type { CommandAction } from './commands.ts';

const gone = { host: '127.0.0.1', port: 10_007 };
const names = namesOf(
  {
    me: { socket: 4 },
    srv: { socket: 1, address: { host: '127.0.0.1', port: 8888 } },
    gone: { address: gone },
  },
  { WORD: 'otter' },
);
const command = (action: CommandAction) => commandOf(action, names);

describe('an action as a command', () => {
  const cases: readonly (readonly [CommandAction, object])[] = [
    [
      { serve: 'dgram', behaviour: { name: 'ok' }, host: '127.0.0.1', port: '${gone.port}', label: 'box' },
      { type: 'serve', socketType: 'dgram', behaviour: { name: 'ok' }, ...gone, label: 'box' },
    ],
    [
      { serve: 'stream', port: '$gone.port' },
      { type: 'serve', socketType: 'stream', ...gone },
    ],
    [
      { dial: '$gone', timeout: 500 },
      { type: 'dial', socketType: 'stream', ...gone, timeout: 500 },
    ],
    [
      { dial: '$srv', socketType: 'dgram' },
      { type: 'dial', socketType: 'dgram', port: 8888 },
    ],
    [
      { bind: '$me', host: '127.0.0.1', port: 0 },
      { type: 'bind', socket: 4, host: '127.0.0.1', port: 0 },
    ],
    [
      { listen: '$me', backlog: 2 },
      { type: 'listen', socket: 4, backlog: 2 },
    ],
    [
      { connect: '$me', to: '$srv' },
      { type: 'connect', socket: 4, port: 8888 },
    ],
    [
      { send: '${WORD}\r\n', on: 'me' },
      { type: 'send', socket: 4, data: { text: 'otter\r\n' } },
    ],
    [{ send: { hex: '0d0a' }, on: 'me' }, { data: { hex: '0d0a' } }],
    [{ send: { repeat: 'abc', size: 7 }, on: 'me' }, { data: { base64: btoa('abcabca') } }],
    [
      { sendto: 'hi', on: 'me', to: '$gone' },
      { type: 'sendto', socket: 4, ...gone, data: { text: 'hi' } },
    ],
    [
      { close: '$srv', connections: true },
      { type: 'close', socket: 1, connections: true },
    ],
    [{ reset: '$me' }, { type: 'close', socket: 4, reset: true }],
    [{ pause: '$me' }, { type: 'pause', socket: 4 }],
    [{ resume: '$me' }, { type: 'resume', socket: 4 }],
    [{ accept: '$srv' }, { type: 'accept', socket: 1 }],
    [{ resolve: '${machine.name}' }, { type: 'resolve', host: 'here' }],
  ];

  it.each(cases)('%o', (action, expected) => {
    expect(command(action)).toMatchObject(expected);
  });

  it('has nothing in it that is the lesson’s alone', () => {
    const served = command({ serve: 'stream', as: 'x', fails: 'EACCES', readSize: 8 });
    expect(Object.keys(served).toSorted()).toEqual(['host', 'port', 'socketType', 'type']);
  });

  it('is refused when a name stands for nothing, or the fields make no command', () => {
    expect(() => command({ close: '$nobody' })).toThrow('There is no socket $nobody yet.');
    expect(() => command({ dial: '$me' })).toThrow('$me has no address.');
    expect(() => command({ dial: { host: '127.0.0.1', port: '${WORD}' } })).toThrow(/dial/);
  });
});

it('a place is a name’s address, or what is given with its names filled in', () => {
  expect(placeOf('gone', names)).toEqual(gone);
  expect(placeOf({ host: '${srv.host}', port: '${srv.port}' }, names)).toEqual({
    host: '127.0.0.1',
    port: 8888,
  });
});
