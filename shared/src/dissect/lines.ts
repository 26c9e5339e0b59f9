/** Text in lines, ended by LF or CR LF; the last one may not be ended. */
import { isUtf8Piece } from '../payload/utf8.ts';
import { confidence } from './dissector.ts';
import type { Dissector } from './dissector.ts';
import { dissection, Reading, textOf } from './reading.ts';

const [lf, cr, tab, space, del] = [0x0a, 0x0d, 0x09, 0x20, 0x7f];
/** What decides for a long payload. */
const decidingBytes = 1_024;

const isControl = (byte: number) =>
  (byte < space && byte !== lf && byte !== cr && byte !== tab) || byte === del;

export const lines: Dissector = {
  id: 'lines',
  name: 'Lines of text',
  row: 'nothing',
  confidence({ bytes }) {
    const deciding = bytes.subarray(0, decidingBytes);
    if (deciding.length === 0 || deciding.some(isControl) || !isUtf8Piece(deciding)) return confidence.none;
    return confidence.possible;
  },
  dissect(input) {
    const reading = new Reading(input.bytes);
    let count = 0;
    while (!reading.isOver) {
      count += 1;
      line(reading, `Line ${count}`);
    }
    const info = `${count} ${count === 1 ? 'line' : 'lines'}`;
    return dissection(input.transport === 'stream' ? 'TCP' : 'UDP', info, reading, input);
  },
};

function line(reading: Reading, name: string): void {
  const rest = reading.ahead();
  const end = rest.indexOf(lf);
  if (end < 0) return reading.rest(`${name}, not ended`, textOf);
  reading.bytes(name, end + 1, (bytes) => textOf(bytes.subarray(0, bytes[end - 1] === cr ? end - 1 : end)));
}
