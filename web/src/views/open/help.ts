/** What a form offers: hosts to choose from, and after a failure what to try with one click. */
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import { isLoopback, isWildcard } from '@socket-playground/shared/events/special-hosts.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { visible } from '@socket-playground/shared/payload/visible.ts';
import { reachableAddress } from '../sockets/reach.ts';
import { waitsAt } from '../sockets/who.ts';
import { openServerThere } from '../words.ts';
import { defaultPort, withProtocol } from './model.ts';
import type { Form, Kind, OpenCommand } from './model.ts';

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
      const note = `#${server.socket} ${visible(server.label ?? server.behaviour.name)}`;
      return address === null ? [] : [{ ...address, note }];
    });
  return [...servers, ...hosts];
}

/** A client that nobody has told how to speak speaks as the servers here do, when none of them speaks as it would. */
export function withSpokenProtocol(form: Form, sockets: SocketTable): Form {
  const other = form.socketType === 'stream' ? 'dgram' : 'stream';
  const isAlone = ownServers(form, sockets).length === 0;
  return isAlone && ownServers({ socketType: other }, sockets).length > 0 ? withProtocol(form, other) : form;
}

/** Where a new client most likely wants to go: the newest server of its protocol, or what was entered last. */
export function withNewestServer(form: Form, sockets: SocketTable): Form {
  const [newest] = ownServers(form, sockets);
  const address = newest && reachableAddress(newest);
  if (!address) return form;
  return { ...form, entries: { ...form.entries, host: address.host, port: String(address.port) } };
}

/** The open socket of ours that stands where the command wants to bind. */
export function holderOf(command: OpenCommand, sockets: SocketTable): SocketState | null {
  const wanted = { host: command.host === 'localhost' ? '127.0.0.1' : command.host, port: command.port };
  for (const socket of sockets.values()) {
    if (socket.socketType !== command.socketType || socket.state === 'closed' || socket.listener !== null)
      continue;
    const { local } = socket;
    if (local && socket.remote === null && (waitsAt(local, wanted) || waitsAt(wanted, local))) return socket;
  }
  return null;
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

export type Try =
  | { readonly kind: 'set'; readonly label: string; readonly entries: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly label: string; readonly socket: number }
  | { readonly kind: 'serve'; readonly label: string };

const anyFreePort: Try = { kind: 'set', label: 'Use any free port', entries: { port: '0' } };
const useLoopback: Try = { kind: 'set', label: 'Use 127.0.0.1', entries: { host: '127.0.0.1' } };
const firstOrdinaryPort = 1024;

/** What one click could do about a problem. */
export function triesFor(
  { code }: Problem,
  command: OpenCommand,
  holder: SocketState | null,
): readonly Try[] {
  const isServer = command.type === 'serve';
  switch (code) {
    case 'EADDRINUSE':
      return holder === null
        ? [anyFreePort]
        : [anyFreePort, { kind: 'close', label: `Close #${holder.socket}`, socket: holder.socket }];
    case 'EACCES':
      return isServer && command.port < firstOrdinaryPort
        ? [{ kind: 'set', label: 'Use port 8080', entries: { port: '8080' } }, anyFreePort]
        : [];
    case 'EADDRNOTAVAIL':
    case 'policy-listen':
      return isServer ? [useLoopback] : [];
    case 'policy-self':
      return isServer ? [anyFreePort] : [];
    case 'ECONNREFUSED':
      return isServer ? [] : [{ kind: 'serve', label: openServerThere }];
    default:
      return [];
  }
}
