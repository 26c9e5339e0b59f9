/**
 * Every concept of the five tutorials that the lessons grew from, and where it is taught: `<lesson>#<step>`, which never
 * change, or the number of a step to come. `concept-table.mjs` makes the document of it, and finds each step's proof.
 *
 * @typedef {object} Concept
 * @property {string} tutorials their numbers
 * @property {string} concept
 * @property {readonly string[]} [steps]
 * @property {string} [later] steps of later units
 */

/** @type {readonly Concept[]} */
export const concepts = [
  {
    tutorials: '000 003 004',
    concept: 'sockets behind every network program; a browser is a client',
    steps: ['first-contact/your-browser#open', 'first-contact/your-browser#port'],
  },
  { tutorials: '000-004', concept: 'socket(): family and type', steps: ['addresses/open-a-socket#tcp'] },
  {
    tutorials: '001',
    concept: 'domain, type and protocol; PF_ and AF_ constants',
    steps: ['addresses/open-a-socket#udp', 'addresses/open-a-socket#ipv6'],
    later: '10.4a',
  },
  {
    tutorials: '003',
    concept: 'the Berkeley calls; a descriptor, everything is a file',
    steps: ['addresses/open-a-socket#descriptor'],
  },
  {
    tutorials: '000 003',
    concept: 'errors as exceptions',
    steps: ['tcp-client/refused#closed', 'addresses/names#nobody'],
  },
  {
    tutorials: '000 001 003',
    concept: 'SOCK_DGRAM exists',
    steps: ['addresses/open-a-socket#udp'],
    later: '5.1b',
  },
  {
    tutorials: '000 002 003 004',
    concept: 'address and port',
    steps: ['addresses/address-and-port#twice', 'addresses/address-and-port#differ'],
  },
  {
    tutorials: '000 002 003 004',
    concept: 'resolve a name; failing to',
    steps: ['addresses/names#localhost', 'addresses/names#nobody'],
  },
  { tutorials: '001', concept: 'gethostname', steps: ['addresses/names#own'] },
  {
    tutorials: '001',
    concept: "forms of a host: '', '<broadcast>', IPv6",
    steps: ['tcp-server/where-to-listen#everywhere', 'addresses/open-a-socket#ipv6'],
    later: '10.1, 10.5',
  },
  {
    tutorials: '001 002',
    concept: 'well-known ports and their modules',
    steps: ['addresses/well-known-ports#match'],
    later: '11.5',
  },
  {
    tutorials: '000-004',
    concept: 'connect',
    steps: ['tcp-client/connect#connect', 'tcp-client/connect#ends'],
  },
  {
    tutorials: '000 003 004',
    concept: 'a wrong port: refused, errno 111',
    steps: ['tcp-client/refused#closed', 'tcp-client/refused#errno', 'tcp-client/refused#fast'],
  },
  { tutorials: '000 003', concept: 'port scanner', later: '12.1a' },
  {
    tutorials: '000 003',
    concept: 'a connection is an ordered pipe of its own',
    steps: ['addresses/address-and-port#twice', 'tcp-client/send#twice'],
  },
  { tutorials: '000 003', concept: 'UDP, ICMP and ARP have no connection', later: '5.1, 12.3' },
  {
    tutorials: '000 001 003 004',
    concept: 'sendall and send',
    steps: ['tcp-client/send#word', 'tcp-client/send#deaf'],
    later: '8.3',
  },
  {
    tutorials: '000 002 003 004',
    concept: 'an HTTP request by hand',
    steps: [
      'tcp-client/http-by-hand#bare',
      'tcp-client/http-by-hand#host',
      'tcp-client/http-by-hand#ancient',
    ],
  },
  {
    tutorials: '000-004',
    concept: 'recv, the size of its buffer, the receive loop',
    steps: ['tcp-client/receive#small', 'tcp-client/receive#end', 'tcp-client/receive#once'],
  },
  {
    tutorials: '000 001 002',
    concept: 'close',
    steps: ['tcp-client/close#close', 'tcp-client/close#parentheses'],
  },
  {
    tutorials: '000 002 003',
    concept: 'client and server, node, protocol, peer, local and remote host',
    steps: ['first-contact/who-is-who#roles', 'first-contact/who-is-who#three-sockets'],
  },
  { tutorials: '002', concept: 'history of TCP/IP', steps: ['first-contact/who-is-who#history'] },
  { tutorials: '002', concept: 'IP packets, routers, no guarantee; TCP on top', later: '5.3c' },
  {
    tutorials: '000 003',
    concept: 'the five tasks of a server',
    steps: ['tcp-server/five-calls#start', 'tcp-server/five-calls#talk', 'tcp-server/five-calls#order'],
  },
  {
    tutorials: '000 001 003',
    concept: 'bind; all interfaces; ports that need a privilege',
    steps: [
      'tcp-server/where-to-listen#loopback',
      'tcp-server/where-to-listen#everywhere',
      'tcp-server/where-to-listen#next-door',
      'addresses/well-known-ports#eighty',
    ],
  },
  {
    tutorials: '000 003',
    concept: 'one socket to a port, with exceptions',
    steps: [
      'tcp-server/port-taken#twice',
      'tcp-server/port-taken#other-address',
      'tcp-server/port-taken#other-protocol',
    ],
  },
  {
    tutorials: '000 003',
    concept: 'listen and its backlog',
    steps: ['tcp-server/waiting-room#six', 'tcp-server/waiting-room#wait', 'tcp-server/waiting-room#accept'],
  },
  {
    tutorials: '000 001 003',
    concept: 'accept waits, and gives a socket and an address',
    steps: ['tcp-server/accept#two', 'tcp-server/accept#blocks'],
  },
  { tutorials: '000 003', concept: 'a server that hangs up at once', steps: ['tcp-server/accept#hang-up'] },
  {
    tutorials: '000 001 003',
    concept: "echo; 'Welcome User!'",
    steps: [
      'tcp-server/echo#connect',
      'tcp-server/echo#echo',
      'tcp-server/echo#welcome',
      'tcp-server/echo#leave',
    ],
  },
  {
    tutorials: '000 003',
    concept: 'a server that stays; OK..., three telnets',
    steps: ['tcp-server/ok#three', 'tcp-server/ok#many'],
  },
  {
    tutorials: '000 003',
    concept: 'stopping the server ends all its clients',
    steps: ['tcp-server/stop#stop', 'tcp-server/stop#late'],
  },
  {
    tutorials: '000 003',
    concept: 'telnet and ncat as clients to test with',
    steps: [
      'tcp-client/hand-tools#outside',
      'tcp-client/hand-tools#line-ends',
      'tcp-client/hand-tools#uninvited',
    ],
  },
  { tutorials: '000 003', concept: 'only one client at a time', later: '4.1' },
  {
    tutorials: '000 002 003',
    concept: 'a thread per connection; a thread for the receive loop',
    later: '4.2, 9.4',
  },
  { tutorials: '000 003', concept: 'a greeting; loop until recv is empty', later: '4.3' },
  {
    tutorials: '000 003',
    concept: 'errno 98 and what to do',
    steps: ['tcp-server/port-taken#twice', 'tcp-server/port-taken#make-room'],
    later: '7.4',
  },
  { tutorials: '001', concept: 'Unix domain sockets, on one machine', later: '10.4' },
  { tutorials: '001', concept: 'low and high level access', later: '11.5' },
  {
    tutorials: '001',
    concept: 'read like a file, close like a file',
    steps: ['tcp-client/receive#end'],
    later: '6.2',
  },
  { tutorials: '003', concept: 'TCP and UDP compared', later: '5.3' },
  { tutorials: '003', concept: 'sendto and recvfrom', later: '5.1b' },
  { tutorials: '003', concept: 'a UDP server has no listen and no accept', later: '5.1a' },
  { tutorials: '003', concept: 'OK... by datagram, and its client', later: '5.2' },
  { tutorials: '003', concept: 'many UDP clients without threads', later: '5.4' },
  { tutorials: '003', concept: 'UDP is checked, and not recovered', later: '5.5, 5.6' },
  { tutorials: '003', concept: 'settimeout', steps: ['tcp-client/refused#fast'], later: '8.1' },
  { tutorials: '003', concept: 'a telnet client; select on two streams', later: '9.4, 13.1' },
  { tutorials: '003', concept: 'chat: broadcast, enter, offline, drop who is broken', later: '9.1-9.3' },
  { tutorials: '003', concept: "SO_REUSEADDR ('no effect, why?')", later: '7.4' },
  {
    tutorials: '003',
    concept: 'a receive buffer that is a power of two',
    steps: ['tcp-client/receive#small'],
  },
  { tutorials: '003', concept: 'a chat client and its prompt', later: '9.4' },
  { tutorials: '003', concept: 'raw sockets (links only)', later: '12.3' },
];
