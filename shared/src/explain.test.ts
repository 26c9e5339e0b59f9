import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, explainedCodes } from './explain.ts';
import type { About } from './explain.ts';
import { hasUnsafe } from './payload/visible.ts';

const v4 = { host: '127.0.0.1', port: 9000 };
const connect: About = { during: 'connect', ...v4, socketType: 'stream' };
const bind: About = { during: 'bind', ...v4, socketType: 'stream' };
const sendto: About = { during: 'sendto', ...v4, socketType: 'dgram' };
const resolve: About = { during: 'resolve', host: 'nowhere.test' };
const setsockopt: About = { during: 'setsockopt' };

const stories: readonly [string, About, string, RegExp][] = [
  ['EADDRINUSE', bind, 'Port 9000 is taken on 127.0.0.1.', /port 0 .* one listener/],
  ['EADDRINUSE', { ...bind, socketType: 'dgram' }, 'Port 9000 is taken on 127.0.0.1.', /can have one socket/],
  ['EADDRINUSE', { during: 'listen' }, 'The address is taken.', /port 0/],
  ['EADDRINUSE', connect, 'The same connection to 127.0.0.1:9000 exists already.', /port 0/],
  ['EADDRINUSE', setsockopt, 'This socket is a member of the group already.', /Once/],
  ['EACCES', { ...bind, port: 80 }, 'The agent has not the right to bind 127.0.0.1:80.', /from 1024 up/],
  ['EACCES', bind, 'The system does not permit bind on 127.0.0.1:9000.', /another port/],
  ['EACCES', connect, 'Connecting to 127.0.0.1:9000 is not permitted.', /firewall or a route/],
  [
    'EACCES',
    { ...sendto, host: '255.255.255.255' },
    'Sending to 255.255.255.255:9000 is not permitted.',
    /"broadcast"/,
  ],
  [
    'EADDRNOTAVAIL',
    { ...bind, host: '192.0.2.1' },
    '192.0.2.1 is not an address of this computer, so port 9000 cannot be bound there.',
    /127\.0\.0\.1/,
  ],
  [
    'EADDRNOTAVAIL',
    connect,
    'This computer has no local address and port left from which to reach 127.0.0.1:9000.',
    /wait/,
  ],
  ['EADDRNOTAVAIL', setsockopt, 'This socket is not a member of that group.', /Leave only/],
  [
    'EAFNOSUPPORT',
    { ...connect, host: '::1' },
    "[::1]:9000 does not belong to the socket's address family.",
    /inet6/,
  ],
  [
    'EINVAL',
    bind,
    'The socket cannot be bound to 127.0.0.1:9000: it has an address already, or this is none.',
    /Open a new one/,
  ],
  ['EINVAL', setsockopt, 'The option does not take this value on this socket, or not any more.', /multicast/],
  ['EINVAL', connect, 'The system calls connect for 127.0.0.1:9000 invalid.', /Check address/],
  [
    'ECONNREFUSED',
    connect,
    'Nothing is listening on 127.0.0.1:9000.',
    /^Open a server there, or check the port\.$/,
  ],
  ['ECONNREFUSED', { ...connect, host: '::1' }, 'Nothing is listening on [::1]:9000.', /Open a server/],
  [
    'ECONNREFUSED',
    sendto,
    'Nothing receives on 127.0.0.1:9000: an earlier datagram came back as undeliverable.',
    /Open a server/,
  ],
  ['ECONNRESET', connect, '127.0.0.1:9000 reset the connection.', /RST/],
  ['ECONNRESET', { during: 'receive' }, 'The other end reset the connection.', /RST/],
  ['ECONNABORTED', connect, 'The connection to 127.0.0.1:9000 was given up before it was ready.', /again/],
  [
    'EPIPE',
    { ...connect, during: 'send' },
    'Nothing more can be sent to 127.0.0.1:9000: the connection has ended in that direction.',
    /Connect again/,
  ],
  ['ETIMEDOUT', connect, '127.0.0.1:9000 did not answer in time.', /firewall/],
  [
    'ETIMEDOUT',
    { ...connect, during: 'receive' },
    '127.0.0.1:9000 stopped answering, and the connection was given up.',
    /network/,
  ],
  ['EHOSTUNREACH', connect, 'No host answers at 127.0.0.1:9000.', /Check the address/],
  ['ENETUNREACH', connect, 'This computer knows no way to the network of 127.0.0.1:9000.', /IPv6/],
  ['ENETDOWN', connect, 'The network to 127.0.0.1:9000 is down.', /Switch/],
  ['ENOTFOUND', resolve, 'No address is known for nowhere.test.', /spelling/],
  ['ENOTFOUND', { during: 'resolve', host: '[::1]' }, 'No address is known for [::1].', /: write ::1 here/],
  [
    'ENOTFOUND',
    { during: 'resolve', host: 'http://a.test/' },
    'No address is known for http://a.test/.',
    /URL/,
  ],
  [
    'ENOTFOUND',
    { during: 'resolve', host: 'a.test:80' },
    'No address is known for a.test:80.',
    /field of its own/,
  ],
  ['EAI_NONAME', resolve, 'No address is known for nowhere.test.', /spelling/],
  ['EAI_NODATA', resolve, 'There is no address of this family for nowhere.test.', /family/],
  ['EAI_ADDRFAMILY', resolve, 'There is no address of this family for nowhere.test.', /family/],
  ['EAI_FAMILY', resolve, 'There is no address of this family for nowhere.test.', /family/],
  ['EAI_AGAIN', resolve, 'The name server gave no answer for nowhere.test.', /try again/],
  ['EAI_FAIL', resolve, 'The name server failed to look up nowhere.test.', /try again/],
  ['EAI_MEMORY', resolve, 'There was not enough memory to look up nowhere.test.', /try again/],
  ['EAI_SYSTEM', resolve, 'The system failed to look up nowhere.test.', /try again/],
  ['EAI_OVERFLOW', resolve, 'The name is too long: nowhere.test.', /spelling/],
  ['EAI_BADFLAGS', resolve, 'The resolver does not take the question for nowhere.test.', /numeric/],
  ['EAI_SOCKTYPE', resolve, 'The resolver does not know this socket type for nowhere.test.', /numeric/],
  ['EAI_SERVICE', resolve, 'The resolver knows no such service on nowhere.test.', /port number/],
  ['EAI_CANCELED', resolve, 'Looking up nowhere.test was called off.', /again/],
  ['EMSGSIZE', sendto, 'The datagram to 127.0.0.1:9000 is longer than one datagram can be.', /65507/],
  ['EMFILE', { during: 'socket' }, 'The agent ran out of file descriptors during socket.', /ulimit/],
  [
    'ENFILE',
    connect,
    'The whole system ran out of file descriptors during connect (127.0.0.1:9000).',
    /Close/,
  ],
  ['ENOBUFS', sendto, 'The kernel ran out of buffers during sendto (127.0.0.1:9000).', /slowly/],
  ['ENOMEM', sendto, 'The kernel ran out of memory during sendto (127.0.0.1:9000).', /Close/],
  ['EPERM', sendto, 'The system forbids sendto for 127.0.0.1:9000.', /firewall/],
  ['ENOTCONN', { during: 'shutdown' }, 'The socket is not connected to anything.', /Connect it first/],
  ['EISCONN', connect, 'The socket is connected to 127.0.0.1:9000 already.', /new socket/],
  ['EALREADY', connect, 'The socket is connecting to 127.0.0.1:9000 already.', /Wait/],
  [
    'EDESTADDRREQ',
    { during: 'send' },
    'The datagram has no destination: the socket is not connected.',
    /sendto/,
  ],
  ['ENOPROTOOPT', setsockopt, 'This kind of socket does not have that option.', /stream/],
  [
    'ENODEV',
    { during: 'setsockopt', host: '239.1.2.3' },
    'No network interface fits 239.1.2.3.',
    /interfaces/,
  ],
  [
    'EPROTONOSUPPORT',
    { during: 'socket' },
    'This system does not offer that protocol in that address family.',
    /inet/,
  ],
  [
    'ECANCELED',
    connect,
    'Connect for 127.0.0.1:9000 was called off because the socket was closed.',
    /new socket/,
  ],
  ['EFOO', connect, '"connect" for 127.0.0.1:9000 failed with EFOO.', /connect\(2\) says what EFOO means/],
  ['EFOO', resolve, '"resolve" for nowhere.test failed with EFOO.', /getaddrinfo\(3\)/],
  ['__proto__', { during: 'receive' }, '"receive" failed with __proto__.', /recv\(2\)/],
];

describe('explain', () => {
  it.each(stories)('%s during %j: %s', (code, about, message, hint) => {
    const told = explain(code, about);
    expect(told.message).toBe(message);
    expect(told.hint).toMatch(hint);
  });

  it('has a test for every code it knows', () => {
    expect(new Set(stories.map(([code]) => code))).toEqual(new Set([...explainedCodes, 'EFOO', '__proto__']));
  });

  it('says whole, safe sentences about anything', () => {
    const code = fc.oneof(fc.string(), fc.constantFrom(...explainedCodes));
    const about = fc.record(
      {
        during: fc.oneof(
          fc.constantFrom('bind', 'connect', 'send', 'setsockopt', 'listen'),
          fc.string({ unit: 'binary' }),
        ),
        host: fc.string({ unit: 'binary' }),
        port: fc.integer({ min: 0, max: 65535 }),
        socketType: fc.constantFrom('stream' as const, 'dgram' as const),
      },
      { requiredKeys: ['during'] },
    );
    fc.assert(
      fc.property(code, about, (anyCode, scene) => {
        const { message, hint } = explain(anyCode, scene);
        for (const text of [message, hint]) {
          expect(text).toMatch(/\.$/);
          expect(text).not.toMatch(/undefined|null|NaN/);
          expect(hasUnsafe(text)).toBe(false);
        }
      }),
    );
  });
});
