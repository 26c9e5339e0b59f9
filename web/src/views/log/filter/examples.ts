/** What can be typed into Filter, by example: each one is a filter that works. */
export interface Example {
  readonly filter: string;
  readonly means: string;
}

export const examples: readonly Example[] = [
  { filter: 'hello', means: 'text in a payload or in Info, in any case' },
  { filter: '"two words"', means: String.raw`exactly this text; \r \n \x00 are bytes` },
  { filter: 'contains 0d0a', means: 'these bytes in a payload' },
  { filter: 'matches /GET|POST/i', means: 'a pattern' },
  { filter: '#3', means: 'one socket; socket in {2, 3}' },
  { filter: 'port == 8888', means: 'at either end; 8888 finds text too' },
  { filter: 'host == 10.0.0.0/8', means: 'an address, 127.0.0.1:80, a network' },
  { filter: 'received or sent', means: 'or accepted, failed, closed …' },
  { filter: 'to server', means: 'or to client' },
  { filter: 'proto == http', means: 'or tls, dns, websocket, json; tcp, udp' },
  { filter: 'len >= 1k', means: 'bytes moved' },
  { filter: 'time > 1.5s', means: 'since the start; ms, us, min' },
  { filter: 'not (opened or closed)', means: 'everything else' },
];
