/** JSON texts (RFC 8259), one or several: most programs send one a line. */
import { confidence } from './dissector.ts';
import type { Dissector } from './dissector.ts';
import { value } from './json/value.ts';
import { dissection, Reading } from './reading.ts';

const [brace, bracket, lastSpace] = [0x7b, 0x5b, 0x20];

export const json: Dissector = {
  id: 'json',
  name: 'JSON',
  row: 'protocol',
  confidence({ bytes, size }) {
    const first = bytes.find((byte) => byte > lastSpace);
    if (first !== brace && first !== bracket) return confidence.none;
    const reading = new Reading(bytes);
    const isJson = texts(reading);
    if (!isJson) return confidence.none;
    const isCut = bytes.length < size;
    if (!reading.isShort) return confidence.likely;
    return isCut ? confidence.possible : confidence.unlikely;
  },
  dissect(input) {
    const reading = new Reading(input.bytes);
    texts(reading);
    reading.rest('No JSON');
    const [first] = reading.fields;
    return dissection('JSON', first?.value ?? '', reading, input);
  },
};

/** Reads texts as far as they are some; false when something else came. */
function texts(reading: Reading): boolean {
  while (!reading.isOver) {
    if (!value(reading, '')) return false;
  }
  return true;
}
