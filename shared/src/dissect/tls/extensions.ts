/** Extensions of a hello (RFC 8446 §4.2). */
import { textOf } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { extensionName, extensionType, groupName, isMadeUp, versionName } from './names.ts';

/** What a line for the log says of them; filled as they are read. */
export interface Extensions {
  serverName: string | null;
  readonly versions: number[];
  readonly protocols: string[];
}

type Side = 'client' | 'server';

/** Reads all of them into `found`, and returns how many there are. */
export function extensions(reading: Reading, side: Side, found: Extensions): string {
  let count = 0;
  while (!reading.isOver) {
    extension(reading, side, found);
    count += 1;
  }
  return String(count);
}

function extension(reading: Reading, side: Side, found: Extensions): void {
  const type = reading.peek(2) ?? 0;
  const size = reading.peek(2, 2) ?? 0;
  reading.group(
    extensionName(type),
    (inner) => {
      inner.number('Type', 2, extensionName);
      inner.number('Length', 2);
      return inner.left > 0 ? content(inner, type, side, found) : '';
    },
    4 + size,
  );
}

function content(reading: Reading, type: number, side: Side, found: Extensions): string {
  if (type === extensionType.serverName && side === 'client') return serverNames(reading, found);
  if (type === extensionType.protocols) return protocols(reading, found);
  if (type === extensionType.versions) return versions(reading, side, found);
  if (type === extensionType.groups) return listed(reading, 'Group', 2, groupName).join(', ');
  reading.rest('Bytes');
  return '';
}

/** RFC 6066 §3; only host names are defined. */
function serverNames(reading: Reading, found: Extensions): string {
  reading.number('Length of list', 2);
  while (!reading.isOver) {
    reading.number('Kind', 1, (kind) => (kind === 0 ? 'host name' : `kind ${kind}`));
    const size = reading.number('Length of name', 2);
    found.serverName ??= reading.text('Server name', size);
    if (size === 0) break;
  }
  return found.serverName ?? '';
}

/** RFC 7301 §3.1. */
function protocols(reading: Reading, found: Extensions): string {
  reading.number('Length of list', 2);
  while (!reading.isOver) {
    const size = reading.peek(1) ?? 0;
    reading.bytes('Protocol', size + 1, (bytes) => textOf(bytes.subarray(1)));
    found.protocols.push(reading.fields.at(-1)?.value ?? '');
  }
  return found.protocols.join(', ');
}

/** RFC 8446 §4.2.1: a client lists what it can, a server says what it chose. */
function versions(reading: Reading, side: Side, found: Extensions): string {
  const all =
    side === 'client'
      ? listed(reading, 'Version', 1, versionName, found.versions)
      : [versionName(pushed(found.versions, reading.number('Version', 2, versionName)))];
  return all.join(', ');
}

function pushed(list: number[], value: number): number {
  list.push(value);
  return value;
}

/** A list of 2-byte numbers behind a length of `width` bytes; made-up ones (RFC 8701) are not told of. */
function listed(
  reading: Reading,
  name: string,
  width: number,
  say: (value: number) => string,
  numbers: number[] = [],
): readonly string[] {
  reading.number('Length of list', width);
  while (!reading.isOver) {
    const value = reading.number(name, 2, say);
    if (!isMadeUp(value)) numbers.push(value);
  }
  return numbers.map(say);
}
