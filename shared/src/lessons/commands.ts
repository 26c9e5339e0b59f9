/** Actions of a lesson → the agent's commands, with every name and `${…}` filled in. */
import { parseCommand } from '../commands/parse.ts';
import type { Command } from '../commands/verbs.ts';
import type { Address } from '../events/address.ts';
import { formatBase64 } from '../payload/base64.ts';
import { encodeUtf8 } from '../payload/utf8.ts';
import { unreachable } from '../unreachable.ts';
import type { Action, SendData, Target } from './actions.ts';
import { bare, expand, lookUp, referenceOf } from './names.ts';
import type { Names } from './names.ts';

/** An action that is one command of the agent. */
export type CommandAction = Exclude<Action, OtherAction>;
export type OtherAction =
  | Extract<Action, { answer: unknown }>
  | Extract<Action, { wait: unknown }>
  | Extract<Action, { pauseFor: unknown }>
  | Extract<Action, { outside: unknown }>;

/** Where a lesson means when it names no host. */
export const loopback = '127.0.0.1';

/** Throws when a name stands for nothing or the fields make no command: then the lesson is wrong. */
export function commandOf(action: CommandAction, names: Names): Command {
  const parsed = parseCommand(withoutUndefined(fieldsOf(action, names)));
  if (!parsed.ok) throw new Error(`${JSON.stringify(action)}: ${parsed.problem.message}`);
  return parsed.command;
}

function fieldsOf(action: CommandAction, names: Names): Readonly<Record<string, unknown>> {
  const { as: _as, fails: _fails, ...rest } = action;
  const socket = (name: string) => socketOf(name, names);
  if ('serve' in action) return serveFields(action, names);
  if ('dial' in action) {
    const { socketType = 'stream', family, timeout, behaviour, label, readSize } = action;
    return {
      type: 'dial',
      socketType,
      ...placeOf(action.dial, names),
      family,
      timeout,
      behaviour,
      label,
      readSize,
    };
  }
  if ('socket' in action) return { type: 'socket', ...action.socket };
  if ('bind' in action) return { type: 'bind', socket: socket(action.bind), ...placeOf(action, names) };
  if ('listen' in action)
    return { ...rest, type: 'listen', listen: undefined, socket: socket(action.listen) };
  if ('connect' in action)
    return {
      type: 'connect',
      socket: socket(action.connect),
      ...placeOf(action.to, names),
      timeout: action.timeout,
    };
  if ('send' in action) return { type: 'send', socket: socket(action.on), data: dataOf(action.send, names) };
  if ('sendto' in action)
    return {
      type: 'sendto',
      socket: socket(action.on),
      ...placeOf(action.to, names),
      data: dataOf(action.sendto, names),
    };
  if ('close' in action)
    return { type: 'close', socket: socket(action.close), connections: action.connections };
  if ('reset' in action) return { type: 'close', socket: socket(action.reset), reset: true };
  if ('accept' in action) return { type: 'accept', socket: socket(action.accept) };
  if ('shutdown' in action) return { type: 'shutdown', socket: socket(action.shutdown) };
  if ('pause' in action) return { type: 'pause', socket: socket(action.pause) };
  if ('resume' in action) return { type: 'resume', socket: socket(action.resume) };
  if ('behave' in action)
    return { type: 'behave', socket: socket(action.behave), behaviour: action.behaviour };
  if ('setsockopt' in action)
    return {
      type: 'setsockopt',
      socket: socket(action.setsockopt),
      option: action.option,
      value: action.value,
    };
  if ('resolve' in action)
    return { type: 'resolve', host: expand(action.resolve, names), family: action.family };
  return unreachable(action);
}

type ServeAction = Omit<Extract<Action, { serve: unknown }>, 'as' | 'fails'>;

function serveFields(action: ServeAction, names: Names): Readonly<Record<string, unknown>> {
  const { serve: socketType, host = loopback, port = 0, readSize: _readSize, ...rest } = action;
  return {
    ...rest,
    type: 'serve',
    socketType,
    ...placeOf({ host, port }, names),
    as: undefined,
    fails: undefined,
  };
}

/** The number of the socket that a name stands for. */
function socketOf(name: string, names: Names): number {
  const socket = names.thing(bare(name))?.socket ?? null;
  if (socket === null) throw new Error(`There is no socket ${name} yet.`);
  return socket;
}

/** Where to go: the address a name's socket is bound to, or a host and port. */
export function placeOf(target: Target, names: Names): Address {
  if (typeof target !== 'string')
    return { host: expand(target.host, names), port: portOf(target.port, names) };
  const thing = names.thing(bare(target));
  const local = names.facts.of(thing?.socket ?? null).local ?? thing?.address ?? null;
  if (local === null) throw new Error(`${target} has no address.`);
  return { host: local.host, port: local.port };
}

function portOf(port: number | string, names: Names): number {
  if (typeof port === 'number') return port;
  const found = referenceOf(port);
  return Number(found === null ? expand(port, names) : lookUp(found.name, found.path, names));
}

function dataOf(
  data: SendData,
  names: Names,
): { readonly text: string } | { readonly hex: string } | { readonly base64: string } {
  if (typeof data === 'string') return { text: expand(data, names) };
  if ('hex' in data) return data;
  const unit = encodeUtf8(expand(data.repeat, names));
  return {
    base64: formatBase64(Uint8Array.from({ length: data.size }, (_, at) => unit[at % unit.length] ?? 0)),
  };
}

const withoutUndefined = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
