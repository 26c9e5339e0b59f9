/**
 * WebSocket frames (RFC 6455 §5.2). Its handshake is HTTP. A frame has no signature: without a handshake before it,
 * only masked frames that fill the payload exactly are taken for such.
 */
import { decodeUtf8Strictly } from '../payload/utf8.ts';
import { confidence } from './dissector.ts';
import type { Dissector, Input } from './dissector.ts';
import { dissection, hexOf, Reading, textOf } from './reading.ts';
import { frameHead, unmasked } from './websocket/head.ts';
import { closeName, opcodeName } from './websocket/names.ts';
import type { FrameHead } from './websocket/head.ts';

const opcodes = { text: 1, close: 8 } as const;
const closeCodeLength = 2;

export const websocket: Dissector = {
  id: 'websocket',
  name: 'WebSocket frames',
  row: 'info',
  confidence(input) {
    if (input.transport !== 'stream') return confidence.none;
    const head = frameHead(input.bytes);
    if (head?.isPlausible !== true) return confidence.none;
    if (input.upgraded === websocket.id) return confidence.sure;
    return fillsExactly(input, head);
  },
  dissect(input) {
    const reading = new Reading(input.bytes);
    const infos: string[] = [];
    while (!reading.isOver) {
      const head = frameHead(reading.ahead());
      if (head?.isPlausible !== true) break;
      reading.group('Frame', (inner) => frame(inner, head, infos), head.length + head.size);
    }
    if (infos.length > 0) reading.rest('More bytes');
    return dissection('WebSocket', infos.join(', '), reading, input);
  },
};

function fillsExactly({ bytes, size }: Input, head: FrameHead): number {
  if (head.length + head.size !== size) return confidence.unlikely;
  if (!head.isMasked) return confidence.unlikely;
  const isWhole = bytes.length === size;
  if (head.opcode !== opcodes.text || !isWhole) return confidence.possible;
  const text = decodeUtf8Strictly(unmasked(bytes.subarray(head.length), head.mask));
  return text === null ? confidence.none : confidence.likely;
}

function frame(reading: Reading, head: FrameHead, infos: string[]): string {
  const { opcode, isFinal, isMasked, mask, size } = head;
  const name = opcodeName(opcode);
  reading.number('Final, opcode', 1, () => `${isFinal ? 'final' : 'more follow'}, ${name}`);
  reading.bytes(
    'Masked, length',
    head.lengthBytes,
    () => `${isMasked ? 'masked' : 'not masked'}, ${size} bytes`,
  );
  if (isMasked) reading.bytes('Mask', mask.length);
  const said = opcode === opcodes.close ? closing(reading, head) : payload(reading, head);
  infos.push(said === '' ? name : `${name} ${said}`);
  return said === '' ? name : `${name} ${said}`;
}

function payload(reading: Reading, { opcode, mask, size }: FrameHead): string {
  if (size === 0) return '';
  const clear = unmasked(reading.ahead(size), mask);
  const said =
    opcode === opcodes.text || decodeUtf8Strictly(clear) !== null ? `“${textOf(clear)}”` : hexOf(clear);
  reading.bytes(mask.length > 0 ? 'Data, unmasked' : 'Data', size, () => said);
  return said;
}

/** A close frame may say why: a code, and words (§5.5.1). */
function closing(reading: Reading, { mask, size }: FrameHead): string {
  if (size < closeCodeLength) return '';
  const clear = unmasked(reading.ahead(size), mask);
  const [high = 0, low = 0] = clear;
  const code = closeName(high * 256 + low);
  const reason = textOf(clear.subarray(closeCodeLength));
  reading.bytes('Code', closeCodeLength, () => code);
  if (size > closeCodeLength) reading.bytes('Reason', size - closeCodeLength, () => reason);
  return reason === '' ? code : `${code} “${reason}”`;
}
