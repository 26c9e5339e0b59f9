/**
 * Node's datagram sockets cannot stop reading nor tell their descriptor; their handle can, the same way in Node 20, 22 and 24. Touched here only.
 */
import dgram from 'node:dgram';
import type { Family } from '@socket-playground/shared/events/address.ts';

interface UdpHandle {
  /** The descriptor, where the system has such; negative when it is not bound. */
  readonly fd?: number;
  recvStart(): number;
  recvStop(): number;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function reads(value: unknown): value is UdpHandle {
  return isObject(value) && 'recvStart' in value && 'recvStop' in value;
}

function handleOf(raw: dgram.Socket): UdpHandle {
  const key = Object.getOwnPropertySymbols(raw).find((symbol) => symbol.description === 'state symbol');
  const state: unknown = key && Reflect.get(raw, key);
  const handle: unknown = isObject(state) && Reflect.get(state, 'handle');
  if (!reads(handle)) throw new Error('This version of Node cannot pause a datagram socket.');
  return handle;
}

/** What arrives from now on waits in the kernel's receive buffer, and is dropped there when that is full. */
export const stopReading = (raw: dgram.Socket) => handleOf(raw).recvStop();
export const startReading = (raw: dgram.Socket) => handleOf(raw).recvStart();

/** The file descriptor of a bound socket, -1 where there is none. */
export const descriptorOf = (raw: dgram.Socket): number => handleOf(raw).fd ?? -1;

/** What is decided when a datagram socket is made. */
interface Making {
  readonly family: Family;
  readonly ipv6Only: boolean;
  /** Several sockets may bind one address and port: wanted for members of one multicast group. */
  readonly reuseAddr: boolean;
}

export function createDatagramSocket({ family, ipv6Only, reuseAddr }: Making): dgram.Socket {
  return dgram.createSocket({ type: family === 'inet' ? 'udp4' : 'udp6', ipv6Only, reuseAddr });
}
