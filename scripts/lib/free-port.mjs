import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port of this computer that was free just now: for programs that cannot say which one they took, and for those that
 * find nobody there.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('It has no port.');
  return address.port;
}
