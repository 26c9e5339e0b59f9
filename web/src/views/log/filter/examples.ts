/** What can be typed into Filter, by example: each one is a filter that works. */
export interface Example {
  readonly filter: string;
  readonly means: string;
}

export const examples: readonly Example[] = [
  { filter: 'hello', means: 'text in a payload or in Info' },
  { filter: '"two words"', means: 'exactly this text' },
  { filter: 'hex 0d 0a', means: 'these bytes in a payload' },
  { filter: '#3', means: 'one socket' },
  { filter: 'port 8888', means: 'at either end; 8888 finds text too' },
  { filter: '127.0.0.1:8888', means: 'an address at either end' },
  { filter: 'received', means: 'or sent, accepted, failed, closed …' },
  { filter: 'to server', means: 'or to client' },
  { filter: 'udp', means: 'or tcp' },
  { filter: 'not opened', means: 'everything else' },
];
