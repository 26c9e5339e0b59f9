/** DNS messages (RFC 1035 §4), as a datagram, or on a stream behind two bytes of length (RFC 7766 §8). */
import { confidence } from './dissector.ts';
import type { Dissector, Input } from './dissector.ts';
import { hasPlausibleQuestion, message } from './dns/message.ts';
import { dissection, numberAt, Reading } from './reading.ts';

/** DNS, multicast DNS (RFC 6762), LLMNR (RFC 4795). */
const ports: ReadonlySet<number | null> = new Set([53, 5353, 5355]);
const prefixLength = 2;
const headerLength = 12;

const usesPort = ({ source, destination }: Input) => ports.has(source) || ports.has(destination);

export const dns: Dissector = {
  id: 'dns',
  name: 'DNS',
  row: 'info',
  confidence(input) {
    const { bytes, size, transport } = input;
    const from = transport === 'stream' ? prefixLength : 0;
    if (bytes.length < from + headerLength || (from > 0 && numberAt(bytes, 0, from) > size - from))
      return confidence.none;
    if (!hasPlausibleQuestion(bytes.subarray(from), bytes.length < size)) return confidence.none;
    return usesPort(input) ? confidence.sure : confidence.likely;
  },
  dissect(input) {
    const { bytes, transport } = input;
    const reading = new Reading(bytes);
    const infos: string[] = [];
    if (transport === 'stream') while (!reading.isOver) prefixed(reading, bytes, infos);
    else {
      infos.push(message(reading, bytes));
      reading.rest('More bytes');
    }
    return dissection('DNS', infos.join('; '), reading, input);
  },
};

function prefixed(reading: Reading, bytes: Uint8Array, infos: string[]): void {
  const size = reading.number('Length', prefixLength);
  if (reading.isShort) return;
  const from = reading.at;
  reading.group(
    'Message',
    (inner) => {
      const info = message(inner, bytes.subarray(from, from + size));
      inner.rest('More bytes');
      infos.push(info);
      return info;
    },
    size,
  );
}
