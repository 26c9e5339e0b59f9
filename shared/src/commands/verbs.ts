/**
 * Every command: its fields, its result, and what it does in one sentence. Fields and results are contracts.
 * A command is one JSON object whose `type` is the verb; a field that is not listed here is refused.
 */
import * as z from 'zod/mini';
import { address, resolvedAddress } from '../events/address.ts';
import { optionValues } from '../events/option.ts';
import { flag } from '../schema.ts';
import { fields } from './fields.ts';

const {
  socket,
  family,
  socketType,
  host,
  localPort,
  remotePort,
  label,
  backlog,
  accept,
  behaviour,
  timeoutMs,
  readSize,
  data,
} = fields;

const nothing = z.strictObject({});
const local = z.strictObject({ local: address });
const both = z.strictObject({ local: address, remote: address });
const size = z.int().check(z.minimum(0));

const option = <Name extends keyof typeof optionValues>(name: Name) =>
  z.strictObject({
    type: z.literal('setsockopt'),
    socket,
    option: z.literal(name),
    value: optionValues[name],
  });

export const verbs = {
  socket: {
    summary: 'Open a socket (socket(2)).',
    schema: z.strictObject({ type: z.literal('socket'), family, socketType, label: z.optional(label) }),
    result: z.strictObject({ socket }),
  },
  setsockopt: {
    summary: 'Set a socket option (setsockopt(2)); `option-set` reports what the kernel made of it.',
    schema: z.discriminatedUnion('option', [
      option('noDelay'),
      option('keepAlive'),
      option('broadcast'),
      option('ipv6Only'),
      option('ttl'),
      option('receiveBuffer'),
      option('readSize'),
      option('addMembership'),
      option('dropMembership'),
    ]),
    result: nothing,
  },
  resolve: {
    summary: 'Turn a name into addresses (getaddrinfo(3)).',
    schema: z.strictObject({ type: z.literal('resolve'), host, family: z.optional(family) }),
    result: z.strictObject({ addresses: z.array(resolvedAddress) }),
  },
  bind: {
    summary: 'Give a socket its local address (bind(2)); port 0 takes any free port.',
    schema: z.strictObject({ type: z.literal('bind'), socket, host, port: localPort }),
    result: local,
  },
  listen: {
    summary:
      'Wait for connections (listen(2)); each is accepted as a socket of its own, at once or, with `accept: "manual"`, by `accept`.',
    schema: z.strictObject({
      type: z.literal('listen'),
      socket,
      backlog: z.optional(backlog),
      accept: z.optional(accept),
      behaviour: z.optional(behaviour),
    }),
    result: local,
  },
  accept: {
    summary:
      'Take one connection that waits at a manual listener (accept(2)); null when none waits. It never waits itself.',
    schema: z.strictObject({ type: z.literal('accept'), socket }),
    result: z.strictObject({ connection: z.nullable(socket) }),
  },
  connect: {
    summary: 'Connect to an address (connect(2)); a name is resolved first and its addresses tried in order.',
    schema: z.strictObject({
      type: z.literal('connect'),
      socket,
      host,
      port: remotePort,
      timeout: z.optional(timeoutMs),
    }),
    result: both,
  },
  send: {
    summary: 'Send on a connected socket (send(2)); `queued` bytes still wait in the agent.',
    schema: z.strictObject({ type: z.literal('send'), socket, data }),
    result: z.strictObject({ size, queued: size }),
  },
  sendto: {
    summary: 'Send one datagram to an address (sendto(2)).',
    schema: z.strictObject({ type: z.literal('sendto'), socket, host, port: remotePort, data }),
    result: z.strictObject({ size }),
  },
  pause: {
    summary: 'Stop reading: what arrives waits in the kernel.',
    schema: z.strictObject({ type: z.literal('pause'), socket }),
    result: nothing,
  },
  resume: {
    summary: 'Read again.',
    schema: z.strictObject({ type: z.literal('resume'), socket }),
    result: nothing,
  },
  shutdown: {
    summary: 'Send FIN and keep reading (shutdown(2) with SHUT_WR).',
    schema: z.strictObject({ type: z.literal('shutdown'), socket }),
    result: nothing,
  },
  close: {
    summary:
      'Close a socket (close(2)); with `reset` by RST, with `connections` a listener takes its connections along.',
    schema: z.strictObject({
      type: z.literal('close'),
      socket,
      reset: z.optional(flag),
      connections: z.optional(flag),
    }),
    result: nothing,
  },
  behave: {
    summary: 'Change what a socket does by itself; on a listener it holds for later connections.',
    schema: z.strictObject({ type: z.literal('behave'), socket, behaviour }),
    result: nothing,
  },
  serve: {
    summary: 'Open a server: socket, bind and, for a stream, listen.',
    schema: z.strictObject({
      type: z.literal('serve'),
      socketType,
      family: z.optional(family),
      host,
      port: localPort,
      behaviour: z.optional(behaviour),
      backlog: z.optional(backlog),
      accept: z.optional(accept),
      label: z.optional(label),
    }),
    result: z.strictObject({ socket, local: address }),
  },
  dial: {
    summary: 'Open a client: socket, resolve and connect.',
    schema: z.strictObject({
      type: z.literal('dial'),
      socketType,
      family: z.optional(family),
      host,
      port: remotePort,
      timeout: z.optional(timeoutMs),
      behaviour: z.optional(behaviour),
      label: z.optional(label),
      readSize: z.optional(readSize),
    }),
    result: z.strictObject({ socket, local: address, remote: address }),
  },
} as const;

export type Verb = keyof typeof verbs;
export type CommandOf<V extends Verb> = z.infer<(typeof verbs)[V]['schema']>;
export type ResultOf<V extends Verb> = z.infer<(typeof verbs)[V]['result']>;
export type Command = CommandOf<Verb>;

export const command = z.discriminatedUnion('type', [
  verbs.socket.schema,
  verbs.setsockopt.schema,
  verbs.resolve.schema,
  verbs.bind.schema,
  verbs.listen.schema,
  verbs.accept.schema,
  verbs.connect.schema,
  verbs.send.schema,
  verbs.sendto.schema,
  verbs.pause.schema,
  verbs.resume.schema,
  verbs.shutdown.schema,
  verbs.close.schema,
  verbs.behave.schema,
  verbs.serve.schema,
  verbs.dial.schema,
]);
