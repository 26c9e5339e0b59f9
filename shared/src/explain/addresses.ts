import { capital, peer } from './scene.ts';
import type { Explain, Explanations, Scene } from './scene.ts';

const firstOpenPort = 1024;
const isSending = ({ during }: Scene) => during === 'send' || during === 'sendto' || during === 'connect';

const addressInUse: Explain = (scene) => {
  const { during, host, port, isDatagram } = scene;
  if (during === 'setsockopt') {
    return {
      message: 'This socket is a member of the group already.',
      hint: 'Once is enough: it receives what is sent there.',
    };
  }
  if (during === 'connect') {
    return {
      message: `The same connection to ${scene.where(peer)} exists already.`,
      hint: 'Leave the local port to the system (port 0), or wait a minute until the old connection is forgotten.',
    };
  }
  return {
    message:
      host === undefined || port === undefined
        ? 'The address is taken.'
        : `Port ${port} is taken on ${host}.`,
    hint: `Use port 0 for any free port, or close what uses this one: one address, port and protocol can have one ${isDatagram ? 'socket' : 'listener'}.`,
  };
};

const accessDenied: Explain = (scene) => {
  const { port } = scene;
  if (scene.during === 'connect' && !scene.isDatagram) {
    return {
      message: `Connecting to ${scene.where('this address')} is not permitted.`,
      hint: 'A firewall or a route of this computer forbids it: try another address, or ask who administers it.',
    };
  }
  if (isSending(scene)) {
    return {
      message: `Sending to ${scene.where('this address')} is not permitted.`,
      hint: 'If it is a broadcast address, set the option "broadcast" first. Otherwise a firewall of this computer forbids it.',
    };
  }
  if (port !== undefined && port > 0 && port < firstOpenPort) {
    return {
      message: `The agent has not the right to ${scene.during} ${scene.where('this port')}.`,
      hint: `Choose a port from ${firstOpenPort} up: lower ones are kept for the administrator.`,
    };
  }
  return {
    message: `The system does not permit ${scene.during} on ${scene.where('this address')}.`,
    hint: 'Choose another port: this one may be reserved by the system or by its security rules.',
  };
};

const addressNotAvailable: Explain = (scene) => {
  if (scene.during === 'setsockopt') {
    return {
      message: 'This socket is not a member of that group.',
      hint: 'Leave only groups that were joined, with the same interface.',
    };
  }
  if (isSending(scene)) {
    return {
      message: `This computer has no local address and port left from which to reach ${scene.where(peer)}.`,
      hint: 'Check the address. After very many short connections, wait a minute: old ports are kept for that long.',
    };
  }
  return {
    message: `${scene.host ?? 'This'} is not an address of this computer${scene.port === undefined ? '' : `, so port ${scene.port} cannot be bound there`}.`,
    hint: 'Use 127.0.0.1 or ::1 for this computer alone, 0.0.0.0 or :: for all its addresses, or one of its own.',
  };
};

const invalid: Explain = (scene) => {
  const { during } = scene;
  if (during === 'bind') {
    return {
      message: `The socket cannot be bound to ${scene.where('this address')}: it has an address already, or this is none.`,
      hint: 'A socket is bound once. Open a new one, and check the address.',
    };
  }
  if (during === 'setsockopt') {
    return {
      message: 'The option does not take this value on this socket, or not any more.',
      hint: 'Check the value: a group must be a multicast address (224.0.0.0 to 239.255.255.255, ff00::/8). Set "ipv6Only" before bind.',
    };
  }
  return {
    message: `The system calls ${during} for ${scene.where('this socket')} invalid.`,
    hint: 'Check address and port, and whether the socket is in a state for it: a connected socket cannot listen, for example. An IPv6 link-local address needs its interface, as in fe80::1%eth0.',
  };
};

/** The address, the option or the kind of socket is not right (bind(2), setsockopt(2), socket(2)). */
export const addressExplanations: Explanations = [
  ['EADDRINUSE', addressInUse],
  ['EACCES', accessDenied],
  ['EADDRNOTAVAIL', addressNotAvailable],
  [
    'EAFNOSUPPORT',
    (scene) => ({
      message: `${capital(scene.where('the address'))} does not belong to the socket's address family.`,
      hint: 'An inet socket takes IPv4 addresses, an inet6 socket IPv6 addresses. If even ::1 fails, this computer has no IPv6.',
    }),
  ],
  ['EINVAL', invalid],
  [
    'ENOPROTOOPT',
    () => ({
      message: 'This kind of socket does not have that option.',
      hint: 'noDelay and keepAlive are for stream sockets, broadcast and groups for datagram sockets, ipv6Only for inet6.',
    }),
  ],
  [
    'ENODEV',
    (scene) => ({
      message: `No network interface fits ${scene.where('the group')}.`,
      hint: "Name one of this computer's interfaces by its address, or connect to a network first.",
    }),
  ],
  [
    'EPROTONOSUPPORT',
    () => ({
      message: 'This system does not offer that protocol in that address family.',
      hint: 'Use inet instead of inet6, or stream or dgram as the socket type.',
    }),
  ],
];
