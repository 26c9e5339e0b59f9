import { capital, peer } from './scene.ts';
import type { Explain, Explanations } from './scene.ts';

const refused: Explain = (scene) =>
  scene.isDatagram
    ? {
        message: `Nothing receives on ${scene.where(peer)}: an earlier datagram came back as undeliverable.`,
        hint: 'Open a server there, or check the port. Only a connected datagram socket is told; others lose datagrams in silence.',
      }
    : {
        message: `Nothing is listening on ${scene.where(peer)}.`,
        hint: 'Open a server there, or check the port.',
      };

const timedOut: Explain = (scene) =>
  scene.during === 'connect'
    ? {
        message: `${capital(scene.where(peer))} did not answer in time.`,
        hint: 'Check the address. A closed port would have refused at once: a host that is off, a firewall, or a full accept queue is silent.',
      }
    : {
        message: `${capital(scene.where(peer))} stopped answering, and the connection was given up.`,
        hint: 'Check the network and the other program, then connect again.',
      };

/** The network or the other end said no (connect(2), send(2), recv(2)). */
export const connectionExplanations: Explanations = [
  ['ECONNREFUSED', refused],
  [
    'ECONNRESET',
    (scene) => ({
      message: `${capital(scene.where(peer))} reset the connection.`,
      hint: 'It ended at once (RST): it crashed, closed with data unread, or meant to. What was under way is lost. Connect again.',
    }),
  ],
  [
    'ECONNABORTED',
    (scene) => ({
      message: `The connection to ${scene.where(peer)} was given up before it was ready.`,
      hint: 'Connect again.',
    }),
  ],
  [
    'EPIPE',
    (scene) => ({
      message: `Nothing more can be sent to ${scene.where(peer)}: the connection has ended in that direction.`,
      hint: 'Either this end sent its FIN, or the other end is gone. Connect again to send more.',
    }),
  ],
  ['ETIMEDOUT', timedOut],
  [
    'EHOSTUNREACH',
    (scene) => ({
      message: `No host answers at ${scene.where('this address')}.`,
      hint: 'Check the address and that the machine is on; a router or firewall on the way can say this too.',
    }),
  ],
  [
    'ENETUNREACH',
    (scene) => ({
      message: `This computer knows no way to the network of ${scene.where('this address')}.`,
      hint: 'Check the network connection. For an IPv6 address, this computer may have IPv4 only.',
    }),
  ],
  [
    'ENETDOWN',
    (scene) => ({
      message: `The network to ${scene.where('this address')} is down.`,
      hint: 'Switch the network interface on, then try again.',
    }),
  ],
  [
    'EMSGSIZE',
    (scene) => ({
      message: `The datagram to ${scene.where(peer)} is longer than one datagram can be.`,
      hint: 'At most 65507 bytes fit over IPv4, 65527 over IPv6. Send less at a time, or use a stream.',
    }),
  ],
  [
    'ENOTCONN',
    (scene) => ({
      message: `The socket is not connected to ${scene.where('anything')}.`,
      hint: 'Connect it first. If it was connected, the other end has gone meanwhile.',
    }),
  ],
  [
    'EISCONN',
    (scene) => ({
      message: `The socket is connected to ${scene.where('another end')} already.`,
      hint: 'Use send without an address, or open a new socket for another target.',
    }),
  ],
  [
    'EALREADY',
    (scene) => ({
      message: `The socket is connecting to ${scene.where(peer)} already.`,
      hint: 'Wait for "connected" or "failed", or close it.',
    }),
  ],
  [
    'EDESTADDRREQ',
    () => ({
      message: 'The datagram has no destination: the socket is not connected.',
      hint: 'Use sendto with host and port, or connect first.',
    }),
  ],
  [
    'ECANCELED',
    (scene) => ({
      message: `${capital(scene.during)} for ${scene.where('this socket')} was called off because the socket was closed.`,
      hint: 'Open a new socket if it is still wanted.',
    }),
  ],
  [
    'EPERM',
    (scene) => ({
      message: `The system forbids ${scene.during} for ${scene.where('this address')}.`,
      hint: 'A firewall rule of this computer, or missing rights. Try another address or port, or ask its administrator.',
    }),
  ],
];
