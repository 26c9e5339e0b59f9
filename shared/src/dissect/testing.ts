/** Payloads for tests of dissectors: real ones, and what becomes of them by chance. */
import { mulberry32 } from '../random.ts';
import type { Input } from './dissector.ts';

/** Each character is one byte. */
export function inputOf(text: string, over: Partial<Input> = {}): Input {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return { bytes, size: bytes.length, transport: 'stream', source: null, destination: null, ...over };
}

const question = '\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\x01\0\x01';
const answer =
  '\x12\x34\x81\x80\0\x01\0\x02\0\0\0\x01\x03www\x07example\x03com\0\0\x01\0\x01' +
  '\xc0\x0c\0\x05\0\x01\0\0\x01\x2c\0\x02\xc0\x10' +
  '\xc0\x10\0\x01\0\x01\0\0\x01\x2c\0\x04\x5d\xb8\xd8\x22\0\0\x29\x04\xd0\0\0\0\0\0\0';
const extensions =
  '\0\0\0\x10\0\x0e\0\0\x0bexample.com\0\x10\0\x0e\0\x0c\x02h2\x08http/1.1\0\x2b\0\x05\x04\x03\x04\x03\x03';
const hello = `\x03\x03${'r'.repeat(32)}\0\0\x04\x13\x01\xc0\x2f\x01\0\0${String.fromCharCode(extensions.length)}${extensions}`;
const record = (type: string, body: string) => `${type}\x03\x01\0${String.fromCharCode(body.length)}${body}`;

export const payloads = {
  request:
    'GET /chat?room=1 HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  response:
    'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
  chunked: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=1\r\n world\r\n0\r\n\r\n',
  question,
  answer,
  prefixed: `\0${String.fromCharCode(question.length)}${question}`,
  clientHello: record('\x16', `\x01\0\0${String.fromCharCode(hello.length)}${hello}`),
  alert: record('\x15', '\x02\x28'),
  masked: '\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58',
  unmasked: '\x81\x05Hello\x88\x06\x03\xe8bye!',
  json: '{"device":"otter-7","temp":[21.5,-3e2,null],"note":"d\\u00e9j\\u00e0","deep":{"a":[{}]}}\n{"b":true}\n',
  lines: 'happy\r\nnew year\nrest',
} as const;

const datagrams: ReadonlySet<string> = new Set([payloads.question, payloads.answer]);

export const samples: readonly Input[] = Object.values(payloads).map((text) =>
  inputOf(text, datagrams.has(text) ? { transport: 'dgram' } : {}),
);

/** Whole numbers from 0 up to and without `below`; the same ones for the same seed. */
export function random(seed: number): (below: number) => number {
  const next = mulberry32(seed);
  return (below) => next() % below;
}

const noiseBytes = 80;
const mostChanges = 4;

/** Noise, or a real message with some bytes changed and its end lost. */
export function mutated(next: (below: number) => number): Input {
  const sample = samples[next(samples.length + 1)];
  const transport = next(2) === 0 ? 'stream' : 'dgram';
  const bytes =
    sample === undefined
      ? Uint8Array.from({ length: next(noiseBytes) }, () => next(256))
      : sample.bytes.slice(0, next(4) === 0 ? next(sample.bytes.length + 1) : undefined);
  for (let change = next(mostChanges); change > 0 && bytes.length > 0; change -= 1)
    bytes[next(bytes.length)] = next(256);
  const upgraded = next(2) === 0 ? 'websocket' : null;
  return {
    ...inputOf('', { transport, upgraded }),
    bytes,
    size: bytes.length + (next(4) === 0 ? next(500) : 0),
  };
}
