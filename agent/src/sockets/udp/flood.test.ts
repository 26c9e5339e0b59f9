import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { must, openBench } from '../conformance/bench.ts';
import { kernelTables } from './kernel-tables.ts';

const datagrams = 100_000;

/** A process of its own that sends as fast as its kernel takes it, and tells how many that were. */
const flooder = `
  const [port, most] = process.argv.slice(1).map(Number);
  const socket = require('node:dgram').createSocket('udp4');
  const datagram = Buffer.alloc(64, 'x');
  let sent = 0;
  const next = () => {
    if (sent === most) return socket.close(() => console.log(sent));
    for (let turn = 0; turn < 49; turn += 1) socket.send(datagram);
    socket.send(datagram, (error) => {
      if (error) throw error;
      sent += 50;
      next();
    });
  };
  socket.connect(port, '127.0.0.1', next);
`;

describe.runIf(kernelTables)('a flood of datagrams', () => {
  it('is accounted for to the last: sent = received + dropped by the kernel', async () => {
    const bench = openBench({ udpReceiveBytes: 64 * 1024 });
    let dropped = 0;
    bench.hub.watch((event) => {
      if (event.type === 'dropped') dropped += event.count;
    });
    const socket = bench.open({ family: 'inet', socketType: 'dgram' });
    const { port } = must(await socket.bind({ host: '127.0.0.1', port: 0 }));
    const flood = promisify(execFile)(process.execPath, ['-e', flooder, String(port), String(datagrams)]);
    await bench.next(socket, 'received');
    must(socket.pause());
    await bench.next(socket, 'dropped');
    must(socket.resume());
    expect(Number((await flood).stdout)).toBe(datagrams);
    const received = () => bench.hub.states.get(socket.id)?.eventsReceived ?? 0;
    await bench.until('all are accounted for', () => received() + dropped === datagrams);
    expect(dropped).toBeGreaterThan(0);
  });
});
