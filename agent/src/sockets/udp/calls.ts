/** bind(2) and connect(2) of Node's datagram sockets: null once done, else why not. A socket closed meanwhile is ECANCELED. */
import type dgram from 'node:dgram';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { kernelProblem, problemOfError } from '../kernel-problem.ts';
import { multicastFrom } from './interfaces.ts';

export function bindAt(raw: dgram.Socket, local: Address): Promise<Problem | null> {
  const about = { during: 'bind', ...local, socketType: 'dgram' as const };
  return settling(raw, about, (settle) => {
    const failed = (error: Error) => settle(error);
    raw.once('error', failed);
    raw.bind({ address: local.host, port: local.port, exclusive: true }, () => {
      raw.off('error', failed);
      settle();
    });
  });
}

export function connectTo(raw: dgram.Socket, remote: Address): Promise<Problem | null> {
  const about = { during: 'connect', ...remote, socketType: 'dgram' as const };
  return settling(raw, about, (settle) => raw.connect(remote.port, remote.host, settle));
}

/**
 * What every socket gets right after bind(2): a large receive buffer loses fewer datagrams, and multicast from loopback
 * stays on this computer. Null once done, else why not.
 */
export function prepare(raw: dgram.Socket, local: Address, receiveBytes: number): Problem | null {
  try {
    raw.setRecvBufferSize(receiveBytes);
    const multicastOn = multicastFrom(raw.address().address);
    if (multicastOn !== null) raw.setMulticastInterface(multicastOn);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return problemOfError(error, { during: 'bind', ...local, socketType: 'dgram' });
  }
}

/** sendto(2). A datagram may come from port 0 (RFC 768) and be answered there: Node throws at it, the kernel says EINVAL. */
export function sendFrom(
  raw: dgram.Socket,
  data: Uint8Array,
  { host, port }: Address,
  settle: (error: Error | null) => void,
): void {
  if (port === 0) settle(new NoPort());
  else raw.send(data, port, host, settle);
}

class NoPort extends Error {
  readonly code = 'EINVAL';
}

type About = Parameters<typeof problemOfError>[1];

/** Node forgets the callbacks of a socket that is closed between the call and the kernel's answer. */
function settling(
  raw: dgram.Socket,
  about: About,
  call: (settle: (error?: Error) => void) => void,
): Promise<Problem | null> {
  return new Promise((resolve) => {
    const closed = () => resolve(kernelProblem('ECANCELED', about));
    raw.once('close', closed);
    call((error) => {
      raw.off('close', closed);
      resolve(error ? problemOfError(error, about) : null);
    });
  });
}
