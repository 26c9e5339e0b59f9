/** TLS records (RFC 8446 §5.1), and what is not encrypted in them: hellos, alerts. */
import { confidence } from './dissector.ts';
import type { Dissector, Input } from './dissector.ts';
import { dissection, numberAt, Reading } from './reading.ts';
import { contentType, isHandshakeType } from './tls/names.ts';
import { record } from './tls/record.ts';

const headLength = 5;
/** 2^14 and what encryption may add (RFC 5246 §6.2.3). */
const mostRecordBytes = 16_384 + 2_048;

export const tls: Dissector = {
  id: 'tls',
  name: 'TLS',
  row: 'info',
  confidence({ bytes, transport }: Input) {
    if (transport !== 'stream' || !isRecord(bytes)) return confidence.none;
    const [type, , , , , first] = bytes;
    const length = numberAt(bytes, 3, 2);
    if (type === contentType.handshake && !isHandshakeType(first ?? -1)) return confidence.possible;
    if (type === contentType.alert && length === 2 && (first ?? 0) > 2) return confidence.unlikely;
    return confidence.sure;
  },
  dissect(input) {
    const reading = new Reading(input.bytes);
    const infos: string[] = [];
    let isEncrypted = false;
    while (!reading.isOver && isRecord(reading.ahead(headLength + 1))) {
      const { info, changesCipher } = record(reading, isEncrypted);
      if (info !== infos.at(-1)) infos.push(info);
      isEncrypted ||= changesCipher;
    }
    if (infos.length > 0) reading.rest('More bytes');
    return dissection('TLS', infos.join(', '), reading, input);
  },
};

function isRecord(bytes: Uint8Array): boolean {
  const [type = 0, major, minor = 0xff] = bytes;
  if (bytes.length < headLength || type < contentType.changeCipherSpec || type > contentType.applicationData)
    return false;
  const length = numberAt(bytes, 3, 2);
  return major === 3 && minor <= 4 && length > 0 && length <= mostRecordBytes;
}
