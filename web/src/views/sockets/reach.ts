/** Ways to reach a server from a terminal: lines that work as they stand. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address, SocketType } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { isLoopback, isWildcard } from '@socket-playground/shared/events/special-hosts.ts';

export interface Way {
  readonly tool: string;
  readonly line: string;
}

const loopback = { inet: '127.0.0.1', inet6: '::1' } as const;

/** Nobody can send to a wildcard address: this computer reaches such a server by loopback. */
export function reachableAddress({ local, family }: Pick<SocketState, 'local' | 'family'>): Address | null {
  if (local === null) return null;
  return isWildcard(local.host) ? { host: loopback[family], port: local.port } : local;
}

/** Where other computers find a server that listens on every address of this one. */
export function outsideAddresses(
  { local, family }: Pick<SocketState, 'local' | 'family'>,
  addresses: readonly string[],
): readonly Address[] {
  if (local === null || !isWildcard(local.host)) return [];
  const { port } = local;
  const usable = (host: string) => !isLoopback(host) && !/^fe80:/i.test(host);
  const sameFamily = (host: string) => family === 'inet6' || !host.includes(':');
  return addresses.filter((host) => usable(host) && sameFamily(host)).map((host) => ({ host, port }));
}

const urlOf = (address: Address): string => `http://${formatAddress(address)}/`;

/** Quoted where a shell would take the brackets for a pattern. */
const shellUrl = (address: Address): string =>
  address.host.includes(':') ? `'${urlOf(address)}'` : urlOf(address);

const python = (...statements: readonly string[]): string => `python3 -c "${statements.join('; ')}"`;

const open = ({ host, port }: Address): string => `s = socket.create_connection(('${host}', ${port}))`;
const say = `s.sendall(b'hello\\n')`;
const finish = 's.shutdown(socket.SHUT_WR)';

/** What a client says to a behaviour: where it differs, so that the whole answer comes and the line ends. */
const said: Readonly<Record<string, readonly string[]>> = { daytime: [], time: [], reset: [say] };

function pythonStream(address: Address, behaviour: string): string {
  const saying = said[behaviour] ?? [say, finish];
  return python(
    'import socket',
    open(address),
    ...saying,
    `print(b''.join(iter(lambda: s.recv(4096), b'')))`,
  );
}

function pythonDatagram({ host, port }: Address, behaviour: string): string {
  const family = host.includes(':') ? 'AF_INET6' : 'AF_INET';
  const make = `s = socket.socket(socket.${family}, socket.SOCK_DGRAM)`;
  const answer = behaviour === 'discard' ? [] : ['print(s.recvfrom(65535))'];
  return python('import socket', make, `s.sendto(b'hello', ('${host}', ${port}))`, ...answer);
}

function pythonHttp(address: Address): string {
  const fetching = `urllib.request.urlopen('${urlOf(address)}')`;
  return python('import urllib.request', `print(${fetching}.read().decode())`);
}

function streamWays(address: Address, behaviour: string): readonly Way[] {
  const { host, port } = address;
  const netcat = { tool: 'nc', line: `nc ${host} ${port}` };
  if (behaviour !== 'http') return [netcat, { tool: 'Python 3', line: pythonStream(address, behaviour) }];
  return [
    { tool: 'curl', line: `curl ${shellUrl(address)}` },
    netcat,
    { tool: 'Python 3', line: pythonHttp(address) },
  ];
}

const datagramWays = (address: Address, behaviour: string): readonly Way[] => [
  { tool: 'ncat', line: `ncat -u ${address.host} ${address.port}` },
  { tool: 'nc', line: `nc -u ${address.host} ${address.port}` },
  { tool: 'Python 3', line: pythonDatagram(address, behaviour) },
];

/** Lines to reach a server at an address, the best first. */
function waysTo(address: Address, socketType: SocketType, behaviour: string): readonly Way[] {
  return socketType === 'stream' ? streamWays(address, behaviour) : datagramWays(address, behaviour);
}

/** Whether others can call it: an open listener, or an open datagram socket that takes from anyone. */
function canBeReached(socket: SocketState): boolean {
  if (socket.state === 'closed' || socket.local === null) return false;
  return socket.role === 'listener' || (socket.role === 'datagram' && socket.remote === null);
}

/** Lines to reach an open server, the best first; none for a socket that cannot be called. */
export function waysToSocket(socket: SocketState): readonly Way[] {
  const address = canBeReached(socket) ? reachableAddress(socket) : null;
  return address === null ? [] : waysTo(address, socket.socketType, socket.behaviour.name);
}
