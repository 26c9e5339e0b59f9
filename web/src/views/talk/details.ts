/** Everything known of one socket, and the options that can be set on it. */
import { behavioursServing } from '@socket-playground/shared/behaviours/serves.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { optionValues } from '@socket-playground/shared/events/option.ts';
import type { OptionName, OptionValue } from '@socket-playground/shared/events/option.ts';
import type { SocketType } from '@socket-playground/shared/events/address.ts';
import type { Failure, SocketState } from '@socket-playground/shared/events/state.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import { verbs } from '@socket-playground/shared/commands/verbs.ts';
import type { CommandOf } from '@socket-playground/shared/commands/verbs.ts';
import * as z from 'zod/mini';
import type { List } from '../../store/rows/rows.ts';
import { shapeOf, valueOf } from '../open/shapes.ts';
import type { Entry, Shape } from '../open/shapes.ts';
import { seconds } from '../log/time.ts';
import { formatNumber, plural } from '../words.ts';

interface OptionWords {
  readonly says: string;
  /** As C programs know it; null where it is not the kernel's. The second is that of IPv6, where it has another. */
  readonly call: string | null | readonly [string, string];
  /** Where it means something; a listener's are those of its type unless `listener` says no. */
  readonly on: readonly SocketType[];
  readonly listener: boolean;
}

const both: readonly SocketType[] = ['stream', 'dgram'];
const words = {
  noDelay: { says: 'send small writes at once', call: 'TCP_NODELAY', on: ['stream'], listener: true },
  keepAlive: { says: 'probe an idle peer', call: 'SO_KEEPALIVE', on: ['stream'], listener: true },
  broadcast: { says: 'allow sending to everyone', call: 'SO_BROADCAST', on: ['dgram'], listener: false },
  ipv6Only: { says: 'no IPv4 on this socket', call: 'IPV6_V6ONLY', on: both, listener: true },
  ttl: {
    says: 'hops a datagram may take',
    call: ['IP_TTL', 'IPV6_UNICAST_HOPS'],
    on: ['dgram'],
    listener: false,
  },
  receiveBuffer: { says: 'bytes the kernel keeps unread', call: 'SO_RCVBUF', on: ['dgram'], listener: false },
  readSize: { says: 'most bytes of one read', call: null, on: ['stream'], listener: false },
  addMembership: {
    says: 'join a multicast group',
    call: ['IP_ADD_MEMBERSHIP', 'IPV6_JOIN_GROUP'],
    on: ['dgram'],
    listener: false,
  },
  dropMembership: {
    says: 'leave a multicast group',
    call: ['IP_DROP_MEMBERSHIP', 'IPV6_LEAVE_GROUP'],
    on: ['dgram'],
    listener: false,
  },
} as const satisfies Record<OptionName, OptionWords>;

const names = Object.keys(words).filter((name): name is OptionName => Object.hasOwn(words, name));

export interface OptionRow {
  readonly name: OptionName;
  readonly says: string;
  readonly call: string | null;
  readonly shape: Shape;
  /** What may stand in its field; empty where that says itself. */
  readonly example: string;
  /** As the kernel reported it last; null while nobody asked. */
  readonly reported: string | null;
  readonly on: boolean;
}

function formatOption(value: OptionValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return formatNumber(value);
  return visible(value.interface === undefined ? value.group : `${value.group} on ${value.interface}`);
}

/** The last value of each option, and every membership that was joined and not left. */
export function reportedOptions(events: List<SocketEvent>): {
  readonly last: ReadonlyMap<OptionName, OptionValue>;
  readonly groups: readonly string[];
} {
  const last = new Map<OptionName, OptionValue>();
  const groups = new Set<string>();
  for (let index = 0; index < events.length; index += 1) {
    const event = events.at(index);
    if (event?.type !== 'option-set') continue;
    last.set(event.option, event.value);
    const text = formatOption(event.value);
    if (event.option === 'addMembership') groups.add(text);
    if (event.option === 'dropMembership') groups.delete(text);
  }
  return { last, groups: [...groups] };
}

function applies(name: OptionName, socket: SocketState): boolean {
  const { on, listener }: OptionWords = words[name];
  if (name === 'ipv6Only') return socket.family === 'inet6' && socket.state === 'opened';
  return on.includes(socket.socketType) && (socket.role !== 'listener' || listener);
}

type Family = Pick<SocketState, 'family'>;

const callOf = (call: OptionWords['call'], { family }: Family): string | null =>
  call === null || typeof call === 'string' ? call : call[family === 'inet' ? 0 : 1];

/** Of administratively scoped IPv4 (RFC 2365), and of all nodes of a link (RFC 4291 §2.7.1). */
const exampleGroup = ({ family }: Family): string => (family === 'inet' ? '239.1.2.3' : 'ff02::1');

/** The options that mean something on this socket, in the order of the table. */
export function optionRows(
  socket: SocketState,
  last: ReadonlyMap<OptionName, OptionValue>,
): readonly OptionRow[] {
  if (socket.state === 'closed') return [];
  return names
    .filter((name) => applies(name, socket))
    .map((name) => {
      const value = last.get(name);
      const { says, call }: OptionWords = words[name];
      const shape = shapeOf(optionValues[name]);
      return {
        name,
        says,
        call: callOf(call, socket),
        shape,
        example: shape.kind === 'other' ? exampleGroup(socket) : '',
        reported: value === undefined ? null : formatOption(value),
        on: value === true,
      };
    });
}

export type Setting =
  | { readonly ok: true; readonly command: CommandOf<'setsockopt'> }
  | { readonly ok: false; readonly wrong: string };

/** `group` or `group on interface`, as a membership is written. */
function membershipOf(text: string): { group: string; interface?: string } {
  const [group = '', on] = text.trim().split(/\s+on\s+|\s*,\s*/);
  return on === undefined || on === '' ? { group } : { group, interface: on };
}

/** The command that sets an option to what was entered, or what is wrong with it. */
export function settingOf(
  socket: number,
  { name, shape, example }: Pick<OptionRow, 'name' | 'shape' | 'example'>,
  entry: Entry,
): Setting {
  const value =
    shape.kind === 'other' ? membershipOf(String(entry)) : valueOf({ shape, optional: false }, entry);
  if ('ok' in value && !value.ok) return value;
  const plain = 'ok' in value ? value.value : value;
  const command = z.safeParse(verbs.setsockopt.schema, {
    type: 'setsockopt',
    socket,
    option: name,
    value: plain,
  });
  if (command.success) return { ok: true, command: command.data };
  const wrong = `An address of a group, such as ${example}, alone or with “on” and the address of an interface.`;
  return { ok: false, wrong };
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

const familyNames = { inet: 'IPv4', inet6: 'IPv6' } as const;

function endsFact({ endedByLocal, endedByRemote, resetBy, socketType }: SocketState): Fact[] {
  if (resetBy !== null) return [{ name: 'Ended', value: resetBy === 'local' ? 'RST sent' : 'RST received' }];
  if (socketType === 'dgram') return [];
  const fins = [endedByLocal && 'FIN sent', endedByRemote && 'FIN received'].filter((text) => text !== false);
  return fins.length === 0 ? [] : [{ name: 'Ended', value: fins.join(', ') }];
}

/** What the state says, in the order of a socket's life. Addresses are shown beside, with links. */
export function factsOf(socket: SocketState): readonly Fact[] {
  const { family, socketType, backlog, accept, openedAt, closedAt } = socket;
  const type = socketType === 'stream' ? 'TCP' : 'UDP';
  const facts: Fact[] = [{ name: 'Kind', value: `${type} over ${familyNames[family]}` }];
  if (backlog !== null) facts.push({ name: 'Backlog', value: String(backlog) });
  if (accept === 'manual') facts.push({ name: 'Accepts', value: 'one by one' });
  facts.push({ name: 'Opened', value: `${seconds(openedAt)} s` });
  if (closedAt !== null) facts.push({ name: 'Closed', value: `${seconds(closedAt)} s` });
  facts.push(...endsFact(socket));
  if (socket.role !== 'listener') {
    const moved = (bytes: number, calls: number, call: string) =>
      `${plural(bytes, 'byte')} in ${plural(calls, socketType === 'stream' ? call : 'datagram')}`;
    facts.push({ name: 'Sent', value: moved(socket.bytesSent, socket.eventsSent, 'write') });
    facts.push({ name: 'Received', value: moved(socket.bytesReceived, socket.eventsReceived, 'chunk') });
  }
  return facts;
}

const failuresMost = 5;

/** The newest failures of its calls, newest first. */
export function failuresOf(events: List<SocketEvent>): readonly (Failure & { readonly seq: number })[] {
  const found: (Failure & { readonly seq: number })[] = [];
  for (let index = events.length - 1; index >= 0 && found.length < failuresMost; index -= 1) {
    const event = events.at(index);
    if (event?.type === 'failed') found.push(event);
  }
  return found;
}

/** The behaviours this socket could take on. */
export const behavioursFor = ({ socketType }: SocketState) => behavioursServing(socketType);
