import type { CommandOf, Verb } from './verbs.ts';

/** One good command of each verb: the hint of a refusal, and the example of the API's description. */
export const examples: { readonly [V in Verb]: CommandOf<V> } = {
  socket: { type: 'socket', family: 'inet', socketType: 'stream' },
  setsockopt: { type: 'setsockopt', socket: 1, option: 'noDelay', value: true },
  resolve: { type: 'resolve', host: 'localhost' },
  bind: { type: 'bind', socket: 1, host: '127.0.0.1', port: 0 },
  listen: { type: 'listen', socket: 1, behaviour: { name: 'echo' } },
  accept: { type: 'accept', socket: 1 },
  connect: { type: 'connect', socket: 1, host: '127.0.0.1', port: 8888 },
  send: { type: 'send', socket: 1, data: { text: 'hello' } },
  sendto: { type: 'sendto', socket: 1, host: '127.0.0.1', port: 8888, data: { text: 'hello' } },
  pause: { type: 'pause', socket: 1 },
  resume: { type: 'resume', socket: 1 },
  shutdown: { type: 'shutdown', socket: 1 },
  close: { type: 'close', socket: 1 },
  behave: { type: 'behave', socket: 1, behaviour: { name: 'echo' } },
  serve: { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0, behaviour: { name: 'echo' } },
  dial: { type: 'dial', socketType: 'stream', host: '127.0.0.1', port: 8888 },
};
