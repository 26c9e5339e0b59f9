/** Resource records (RFC 1035 §4.1.3), with the data of the types that are met most. */
import { textOf } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { hostText } from '../../payload/host.ts';
import { nameAt } from './name.ts';
import { className, recordType, typeName } from './names.ts';

/** Reads a name as a field and returns it. Offsets in `message` count from `base` of the payload. */
export function name(reading: Reading, field: string, message: Uint8Array, base: number): string {
  const { text, length } = nameAt(message, reading.at - base);
  reading.bytes(field, length, () => text);
  return text;
}

/** Reads a record and returns its data in words. */
export function record(reading: Reading, kind: string, message: Uint8Array, base: number): string {
  let said = '';
  reading.group(kind, (inner) => {
    const owner = name(inner, 'Name', message, base);
    const type = inner.number('Type', 2, typeName);
    if (type === recordType.OPT) options(inner);
    else {
      inner.number('Class', 2, className);
      inner.number('Time to live', 4, (seconds) => `${seconds} s`);
    }
    const size = inner.number('Length', 2);
    if (size > 0) inner.group('Data', (data) => (said = dataOf(data, type, size, message, base)), size);
    return [typeName(type), owner, said].filter((word) => word !== '').join(' ');
  });
  return said;
}

/** Of an OPT record, class and time to live are something else (RFC 6891 §6.1.2). */
function options(reading: Reading): void {
  reading.number('Largest datagram', 2);
  reading.number('Extended code', 1);
  reading.number('Version', 1);
  reading.number('Flags', 2, (flags) => ((flags & 0x8000) === 0 ? 'none' : 'DNSSEC OK'));
}

const named: ReadonlySet<number> = new Set([
  recordType.NS,
  recordType.CNAME,
  recordType.PTR,
  recordType.DNAME,
]);

function dataOf(reading: Reading, type: number, size: number, message: Uint8Array, base: number): string {
  if (type === recordType.A && size === 4) return spelled(reading, 'Address', hostText);
  if (type === recordType.AAAA && size === 16) return spelled(reading, 'Address', hostText);
  if (named.has(type)) return name(reading, 'Name', message, base);
  if (type === recordType.TXT) return texts(reading);
  if (type === recordType.MX) {
    const preference = reading.number('Preference', 2);
    return `${preference} ${name(reading, 'Exchange', message, base)}`;
  }
  if (type === recordType.SRV) {
    const [, , port] = ['Priority', 'Weight', 'Port'].map((field) => reading.number(field, 2));
    return `${name(reading, 'Target', message, base)}:${port}`;
  }
  if (type === recordType.SOA) return authority(reading, message, base);
  reading.rest('Bytes');
  return '';
}

function spelled(reading: Reading, field: string, spell: (bytes: Uint8Array) => string): string {
  return spell(reading.bytes(field, reading.left, spell));
}

function texts(reading: Reading): string {
  const parts: string[] = [];
  while (!reading.isOver) {
    const size = reading.peek(1) ?? 0;
    reading.bytes('Text', size + 1, (bytes) => {
      parts.push(`“${textOf(bytes.subarray(1))}”`);
      return parts.at(-1) ?? '';
    });
  }
  return parts.join(' ');
}

function authority(reading: Reading, message: Uint8Array, base: number): string {
  const primary = name(reading, 'Primary server', message, base);
  name(reading, 'Mailbox', message, base);
  for (const field of ['Serial', 'Refresh', 'Retry', 'Expire', 'Minimum']) reading.number(field, 4);
  return primary;
}
