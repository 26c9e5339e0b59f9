// The yardstick: the same socket work in Node and nothing else. `bare-server.mjs stream` echoes until EOF,
// `bare-server.mjs dgram` counts. Says `{"port"}` on stdout, and what it has received for each line on stdin.

import dgram from 'node:dgram';
import net from 'node:net';

const host = '127.0.0.1';
const receiveBytes = 4 * 1024 * 1024;
let received = 0;

/** @param {{ port: number }} address */
const ready = ({ port }) => console.log(JSON.stringify({ port }));

process.stdin.setEncoding('utf8').on('data', () => console.log(JSON.stringify({ received })));
process.stdin.on('end', () => process.exit(0));

if (process.argv[2] === 'dgram') {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: receiveBytes });
  socket.on('message', () => (received += 1));
  socket.bind(0, host, () => ready(socket.address()));
} else {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    // A client that is gone is no reason to end.
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  server.listen({ port: 0, host, backlog: 511 }, () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') ready(address);
  });
}
