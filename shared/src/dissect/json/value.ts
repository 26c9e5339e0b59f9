/** One value and its members, each a field. */
import { latin1 } from '../latin1.ts';
import { textOf } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { closers, nestedLength, spaceLength, tokenLength } from './token.ts';

const [quote, comma, colon] = [0x22, 0x2c, 0x3a];
const brace = 0x7b;

/** Reads a value with the space around it. False when there is none; one that is cut off is read as far as it goes. */
export function value(reading: Reading, name: string): boolean {
  space(reading);
  if (reading.left <= 0) return name === '';
  const closer = closers.get(reading.peek(1) ?? 0);
  const isRead = closer === undefined ? scalar(reading, name) : container(reading, name, closer);
  if (isRead) space(reading);
  return isRead;
}

const space = (reading: Reading) => reading.skip(spaceLength(reading.ahead()));

function scalar(reading: Reading, name: string): boolean {
  const token = tokenLength(reading.ahead());
  if (token === null) return false;
  reading.bytes(name === '' ? 'Value' : name, token.isWhole ? token.length : reading.left, textOf);
  if (!token.isWhole) reading.cut();
  return true;
}

function container(reading: Reading, name: string, closer: number): boolean {
  const isObject = reading.peek(1) === brace;
  const plain = isObject ? 'Object' : 'Array';
  if (reading.isDeepest) return closed(reading, name === '' ? plain : name);
  let isRead = true;
  reading.group(name === '' ? plain : name, (inner) => {
    inner.skip(1);
    isRead = members(inner, isObject, closer);
    return amount(inner.fields.length, isObject);
  });
  return isRead;
}

/** What is too deep to be shown is passed over, so that what stands behind it is read. */
function closed(reading: Reading, name: string): boolean {
  const nested = nestedLength(reading.ahead());
  if (nested === null) return false;
  reading.bytes(name, nested.length, () => '…');
  if (!nested.isWhole) reading.cut();
  return true;
}

function amount(count: number, isObject: boolean): string {
  if (isObject) return `{${count} ${count === 1 ? 'member' : 'members'}}`;
  return `[${count} ${count === 1 ? 'item' : 'items'}]`;
}

/** Up to and with the closing bracket; false when something stands there that JSON does not allow. */
function members(reading: Reading, isObject: boolean, closer: number): boolean {
  space(reading);
  if (reading.peek(1) === closer) {
    reading.skip(1);
    return true;
  }
  for (let index = 0; !reading.isOver; index += 1) {
    const name = isObject ? key(reading) : `[${index}]`;
    if (name === null) return reading.isShort;
    if (!value(reading, name)) return reading.left <= 0 && cutOff(reading);
    const after = reading.peek(1);
    if (after !== null) reading.skip(1);
    if (after === closer) return true;
    if (after !== comma && after !== null) return reading.isFull;
  }
  return cutOff(reading);
}

function cutOff(reading: Reading): true {
  reading.cut();
  return true;
}

const longestKey = 100;

/** A name and its colon; null when there is none, or only its beginning. */
function key(reading: Reading): string | null {
  space(reading);
  if (reading.left <= 0) reading.cut();
  if (reading.peek(1) !== quote) return null;
  const token = tokenLength(reading.ahead());
  if (token === null) return null;
  const bytes = reading.ahead(token.length);
  reading.skip(token.length);
  if (!token.isWhole) reading.cut();
  space(reading);
  if (reading.left <= 0) reading.cut();
  if (reading.peek(1) !== colon) return null;
  reading.skip(1);
  return keyText(bytes);
}

const keyText = (bytes: Uint8Array) =>
  textOf(bytes.subarray(1, Math.min(bytes.length - 1, longestKey))) || latin1(bytes);
