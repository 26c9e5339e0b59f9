/** What can be shown of sockets on this machine. It is tried, not guessed from the system's name. */
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import type { Capability } from '@socket-playground/shared/capability.ts';
import { errorCode } from './error-code.ts';

/** The first port that a lesson asks for without having the right to. */
const lowPort = 80;
const anyPort = 0;

export async function capabilitiesOf({ expose }: { readonly expose: boolean }): Promise<Capability[]> {
  const has: Readonly<Record<Capability, boolean>> = {
    lowPorts: (await tryToBind('127.0.0.1', lowPort)) === 'EACCES',
    loopbackRange: (await tryToBind('127.0.0.2', anyPort)) === null,
    expose,
    proc: existsSync('/proc/net/tcp'),
    // Windows gives no way to stop the watching of a listening socket.
    manualAccept: platform() !== 'win32',
  };
  return namesOf(has).filter((name) => has[name]);
}

const namesOf = (has: Readonly<Record<Capability, boolean>>): Capability[] => {
  const isName = (name: string): name is Capability => Object.hasOwn(has, name);
  return Object.keys(has).filter(isName);
};

/** The code of what the kernel said, null when it had nothing against it. A datagram socket bothers nobody. */
function tryToBind(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      resolve(errorCode(error) ?? error.message);
    });
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(null)));
  });
}
