/** What a form offers: hosts to choose from, and what most likely comes next. */
import { literalFamily } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import { isLoopback, isWildcard } from '@socket-playground/shared/events/special-hosts.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { drawn } from '../drawn.ts';
import { reachableAddress } from '../sockets/reach.ts';
import { waitsAt } from '../sockets/who.ts';
import { defaultPort, withProtocol } from './model.ts';
import type { Form, Kind } from './model.ts';

export interface HostChoice {
  readonly host: string;
  readonly port: number | null;
  readonly note: string;
}

/** What a person may know of this machine. */
export interface Machine {
  readonly addresses: readonly string[];
  readonly expose: boolean;
}

const loopbackHosts: readonly HostChoice[] = [
  { host: '127.0.0.1', port: null, note: 'this computer only' },
  { host: 'localhost', port: null, note: 'the same, by name' },
  { host: '::1', port: null, note: 'this computer only, IPv6' },
];

const wildcardHosts: readonly HostChoice[] = [
  { host: '0.0.0.0', port: null, note: 'every IPv4 address of this computer' },
  { host: '::', port: null, note: 'every address of this computer' },
];

function machineHosts(kind: Kind, { addresses, expose }: Machine): HostChoice[] {
  const open = kind === 'server' ? 'other computers can call it' : 'this computer, as others see it';
  const closed =
    kind === 'server' ? 'needs an agent started with --expose' : 'needs an agent started with --allow';
  return addresses
    .filter((host) => !isLoopback(host) && !isWildcard(host))
    .map((host) => ({ host, port: null, note: expose ? open : closed }));
}

const isOpenServer = (socket: SocketState, { socketType }: Pick<Form, 'socketType'>) =>
  socket.state !== 'closed' &&
  socket.socketType === socketType &&
  (socket.role === 'listener' ||
    (socket.role === 'datagram' && socket.remote === null && socket.local !== null));

/** Open servers of ours with the form's protocol, the newest first. */
function ownServers(form: Pick<Form, 'socketType'>, sockets: SocketTable): SocketState[] {
  return [...sockets.values()].filter((socket) => isOpenServer(socket, form)).reverse();
}

const serversMost = 6;

/** What the Host field offers: for a client first the servers that are open here. */
export function hostChoices(form: Form, sockets: SocketTable, machine: Machine): readonly HostChoice[] {
  const wildcards = form.kind === 'server' && machine.expose ? wildcardHosts : [];
  const hosts = [...loopbackHosts, ...wildcards, ...machineHosts(form.kind, machine)];
  if (form.kind === 'server') return hosts;
  const servers = ownServers(form, sockets)
    .slice(0, serversMost)
    .flatMap((server) => {
      const address = reachableAddress(server);
      const note = `#${server.socket} ${drawn(server.label ?? server.behaviour.name)}`;
      return address === null ? [] : [{ ...address, note }];
    });
  return [...servers, ...hosts];
}

/**
 * A client that nobody has told how to speak: as a server here does that was opened behind all clients, else as the one
 * before, unless all servers speak otherwise.
 */
export function withSpokenProtocol(form: Form, sockets: SocketTable): Form {
  const all = [...sockets.values()];
  const newest = all.findLast((socket) => isOpenServer(socket, socket));
  const client = all.findLast(({ called, listener }) => called !== null && listener === null);
  const outside = lastOutside(sockets);
  if (outside !== undefined && outside.socket > (newest?.socket ?? 0))
    return withProtocol(form, outside.socketType);
  const isSpoken = all.some((socket) => isOpenServer(socket, form));
  if (newest === undefined || (isSpoken && newest.socket < (client?.socket ?? 0))) return form;
  return withProtocol(form, newest.socketType);
}

const isServer = ({ role, called, listener }: SocketState) =>
  role === 'listener' || (role === 'datagram' && called === null && listener === null);

/** The last client that reached an address where no server of ours stands or stood. */
function lastOutside(
  sockets: SocketTable,
  speaks: (socket: SocketState) => boolean = () => true,
): SocketState | undefined {
  const all = [...sockets.values()];
  const isOurs = ({ called, socketType }: SocketState) =>
    called !== null &&
    all.some(
      (other) =>
        isServer(other) &&
        other.socketType === socketType &&
        other.local !== null &&
        waitsAt(other.local, called),
    );
  return all.findLast(
    (socket) =>
      socket.called !== null &&
      socket.listener === null &&
      socket.role !== 'none' &&
      speaks(socket) &&
      !isOurs(socket),
  );
}

/**
 * Where a new client most likely wants to go: to what is not ours, if one went there since the newest server of its
 * protocol was opened, else to that server, or to what was entered last.
 */
export function withLikelyTarget(form: Form, sockets: SocketTable): Form {
  const [newest] = ownServers(form, sockets);
  const outside = lastOutside(sockets, ({ socketType }) => socketType === form.socketType);
  if (outside?.called && outside.socket > (newest?.socket ?? 0)) return withCalled(form, outside.called);
  const address = newest && reachableAddress(newest);
  if (!address) return form;
  return { ...form, entries: { ...form.entries, host: address.host, port: String(address.port) } };
}

/** A name that was entered for the same port stays: it may lead elsewhere by now. */
function withCalled(form: Form, { host, port }: Address): Form {
  const { entries } = form;
  const isNamed = literalFamily(String(entries.host ?? '').trim()) === null && entries.port === String(port);
  return isNamed ? form : { ...form, entries: { ...entries, host, port: String(port) } };
}

const portsTried = 100;

/** A server form whose port is not held by one of our own: the entered one, else the next that is free of ours. */
export function withFreePort(form: Form, sockets: SocketTable): Form {
  const taken = new Set(ownServers(form, sockets).map(({ local }) => local?.port));
  const first = Number(form.entries.port ?? defaultPort);
  for (let port = first; port < first + portsTried; port += 1) {
    if (!taken.has(port)) return { ...form, entries: { ...form.entries, port: String(port) } };
  }
  return form;
}
