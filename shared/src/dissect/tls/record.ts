/** One record: its head, and what it carries. */
import type { Reading } from '../reading.ts';
import { handshake } from './handshake.ts';
import { alertLevel, alertName, contentName, contentType, isHandshakeType, versionName } from './names.ts';

const headLength = 5;

export interface ReadRecord {
  readonly info: string;
  /** What follows in this direction is encrypted. */
  readonly changesCipher: boolean;
}

export function record(reading: Reading, isEncrypted: boolean): ReadRecord {
  const type = reading.peek(1) ?? 0;
  const length = reading.peek(2, 3) ?? 0;
  let info = contentName(type);
  reading.group(
    'Record',
    (inner) => {
      inner.number('Content type', 1, contentName);
      inner.number('Version', 2, versionName);
      inner.number('Length', 2);
      info = content(inner, type, length, isEncrypted);
      return info;
    },
    headLength + length,
  );
  return { info, changesCipher: type === contentType.changeCipherSpec };
}

function content(reading: Reading, type: number, length: number, isEncrypted: boolean): string {
  const name = contentName(type);
  if (type === contentType.alert && length === 2 && !isEncrypted) return alert(reading);
  if (type === contentType.handshake && !isEncrypted && isClear(reading, length)) return handshakes(reading);
  const isSecret = type !== contentType.changeCipherSpec;
  reading.rest(isSecret ? 'Encrypted' : 'Change');
  return isSecret && type !== contentType.applicationData ? `Encrypted ${name.toLowerCase()}` : name;
}

/** Encrypted messages have no type and length that fit. One longer than its record goes on in the next. */
function isClear(reading: Reading, length: number): boolean {
  const size = reading.peek(3, 1) ?? 0;
  const isPlausible = isHandshakeType(reading.peek(1) ?? -1);
  return isPlausible && (size + 4 <= length || length > 1_024);
}

function handshakes(reading: Reading): string {
  const infos: string[] = [];
  while (!reading.isOver) infos.push(handshake(reading));
  return infos.join(', ');
}

function alert(reading: Reading): string {
  const level = reading.number('Level', 1, alertLevel);
  const description = reading.number('Description', 1, alertName);
  return `Alert ${alertLevel(level)}: ${alertName(description)}`;
}
