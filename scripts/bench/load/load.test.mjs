/** The load generators against servers of the test's own: what they report happened, and nothing is counted that did not. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { hasTool } from '../../lib/tools.mjs';
import { Stage } from '../lib/stage.mjs';

/** @type {(() => unknown)[]} */
const undo = [];
afterEach(async () => {
  for (const each of undo.splice(0)) await each();
});

const load = (/** @type {string} */ name, /** @type {(string | number)[]} */ ...args) =>
  new Stage().load(name, ...args);

/**
 * A server for streams.
 *
 * @param {(socket: net.Socket, chunk: Buffer) => void} answer
 * @returns {Promise<number>} its port
 */
async function serve(answer) {
  /** @type {Set<net.Socket>} */
  const open = new Set();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket)));
    socket.on('data', (chunk) => answer(socket, chunk)).on('end', () => socket.end());
  });
  undo.push(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return /** @type {net.AddressInfo} */ (server.address()).port;
}

const back = (/** @type {net.Socket} */ socket, /** @type {Buffer} */ chunk) => void socket.write(chunk);

describe.skipIf(!hasTool('python3'))('a load generator', () => {
  it('echo.py has all of its bytes back, and fails when it has not', async () => {
    const bytes = 2 * 1024 * 1024;
    const { seconds, busy, ...did } = await load('echo.py', await serve(back), 2);
    expect(did).toEqual({ bytes });
    expect([seconds, busy].every((each) => each > 0)).toBe(true);
    const forgetful = await serve((socket, chunk) => void socket.write(chunk.subarray(1)));
    await expect(load('echo.py', forgetful, 1)).rejects.toThrow('exit code 1');
  });

  it('ping.py counts no round trip of which only a part is back, nor goes on without a server', async () => {
    let echoed = 0;
    const bits = await serve((socket, chunk) => {
      echoed += chunk.length;
      for (const byte of chunk) socket.write(Uint8Array.of(byte));
    });
    expect(await load('ping.py', bits, 3, 20)).toMatchObject({ rounds: expect.any(Number) });
    expect(echoed).toBeGreaterThanOrEqual(20 * 64);
    const closing = await serve((socket) => void socket.end());
    await expect(load('ping.py', closing, 3, 20)).rejects.toThrow('exit code 1');
  });

  it('accept.py makes as many connections as it says, and fails when one is not answered', async () => {
    let connections = 0;
    const counting = await serve((socket, chunk) => {
      connections += 1;
      back(socket, chunk);
    });
    expect(await load('accept.py', counting, 70)).toMatchObject({ connections: 70 });
    expect(connections).toBe(70);
    const short = await serve((socket, chunk) => void socket.end(chunk.subarray(1)));
    await expect(load('accept.py', short, 3)).rejects.toThrow('exit code 1');
  });

  it('datagrams.py sends as many as it says, stamped, in sizes by turns, the needle in each so-manieth', async () => {
    const socket = dgram.createSocket('udp4');
    undo.push(() => socket.close());
    /** @type {Buffer[]} */
    const datagrams = [];
    socket.on('message', (datagram) => void datagrams.push(datagram));
    await once(socket.bind(0, '127.0.0.1'), 'listening');
    const before = Date.now();
    const done = await load('datagrams.py', socket.address().port, 0, 100, '64,128', 'needle', 10);
    while (datagrams.length < 100) await once(socket, 'message');
    expect(done).toMatchObject({ sent: 100 });
    expect(datagrams.map(({ length }) => length)).toEqual(datagrams.map((_, at) => (at % 2 ? 128 : 64)));
    expect(datagrams.map((each) => each.includes('needle'))).toEqual(datagrams.map((_, at) => at % 10 === 0));
    const stamps = datagrams.map((each) => Number(each.subarray(0, 19).toString()) / 1e6);
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
    // The wall clocks of both are the same one, but for what one of them rounds off.
    expect(stamps[0]).toBeGreaterThanOrEqual(before - 1);
    expect(stamps.at(-1)).toBeLessThanOrEqual(Date.now() + 1);
  });
});
