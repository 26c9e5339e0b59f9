/** HTTP/1 requests and responses (RFC 9112), one after the other. A chunk that goes on with a body is none. */
import { confidence } from './dissector.ts';
import type { Dissector } from './dissector.ts';
import { message } from './http/message.ts';
import { latin1 } from './latin1.ts';
import { dissection, Reading } from './reading.ts';

/** What decides. A start line is mostly shorter, and a longer one has begun with its method. */
const decidingBytes = 200;
const wholeStart = /^(?:[A-Z][A-Z-]{0,23} \S+ HTTP\/1\.\d|HTTP\/1\.\d \d{3}[ \r\n])/;
const cutStart = /^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT|TRACE) \S+$/;

const isUpper = (byte: number | undefined) => byte !== undefined && byte >= 0x41 && byte <= 0x5a;

export const http: Dissector = {
  id: 'http',
  name: 'HTTP/1',
  row: 'info',
  confidence(input) {
    if (input.transport !== 'stream' || !isUpper(input.bytes[0])) return confidence.none;
    const start = latin1(input.bytes.subarray(0, decidingBytes));
    if (wholeStart.test(start)) return confidence.sure;
    return cutStart.test(start) ? confidence.likely : confidence.none;
  },
  dissect(input) {
    const reading = new Reading(input.bytes);
    const infos: string[] = [];
    while (!reading.isOver) {
      const info = message(reading);
      if (info === null) break;
      infos.push(info);
    }
    if (infos.length > 0) reading.rest('More bytes');
    return dissection('HTTP', infos.join('; '), reading, input);
  },
};
