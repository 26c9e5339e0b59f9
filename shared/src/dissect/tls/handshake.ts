/** One handshake message (RFC 8446 §4); hellos are read whole. */
import type { Reading } from '../reading.ts';
import { extensions } from './extensions.ts';
import type { Extensions } from './extensions.ts';
import { cipherName, handshakeName, handshakeType, versionName } from './names.ts';

const headLength = 4;
const randomLength = 32;

/** Reads a message and returns its line for the log. */
export function handshake(reading: Reading): string {
  const type = reading.peek(1) ?? 0;
  const size = reading.peek(3, 1) ?? 0;
  let info = handshakeName(type);
  reading.group(
    'Handshake',
    (inner) => {
      inner.number('Type', 1, handshakeName);
      inner.number('Length', 3);
      if (type === handshakeType.clientHello) info = clientHello(inner);
      else if (type === handshakeType.serverHello) info = serverHello(inner);
      else inner.rest('Bytes');
      return info;
    },
    headLength + size,
  );
  return info;
}

/** §4.1.2. The version it asks for stands in an extension since TLS 1.3. */
function clientHello(reading: Reading): string {
  const version = reading.number('Version', 2, versionName);
  reading.bytes('Random', randomLength);
  session(reading);
  ciphers(reading);
  const methods = reading.number('Length of compression methods', 1);
  reading.bytes('Compression methods', methods);
  const { serverName, versions, protocols } = extensionList(reading, 'client');
  const highest = Math.max(version, ...versions);
  return ['ClientHello', serverName ?? '', versionName(highest), protocols.join(' ')]
    .filter(Boolean)
    .join(', ');
}

/** §4.1.3. */
function serverHello(reading: Reading): string {
  const version = reading.number('Version', 2, versionName);
  reading.bytes('Random', randomLength);
  session(reading);
  const cipher = reading.number('Cipher suite', 2, cipherName);
  reading.number('Compression method', 1);
  const { versions, protocols } = extensionList(reading, 'server');
  const chosen = versions[0] ?? version;
  return ['ServerHello', versionName(chosen), cipherName(cipher), protocols.join(' ')]
    .filter(Boolean)
    .join(', ');
}

function session(reading: Reading): void {
  const size = reading.number('Length of session id', 1);
  if (size > 0) reading.bytes('Session id', size);
}

function ciphers(reading: Reading): void {
  const size = reading.number('Length of cipher suites', 2);
  reading.group(
    'Cipher suites',
    (inner) => {
      while (!inner.isOver) inner.number('Cipher suite', 2, cipherName);
      return `${Math.floor(size / 2)}`;
    },
    size,
  );
}

/** A hello of an old client may end before its extensions. */
function extensionList(reading: Reading, side: 'client' | 'server'): Extensions {
  const found: Extensions = { serverName: null, versions: [], protocols: [] };
  if (reading.left <= 0) return found;
  const size = reading.number('Length of extensions', 2);
  reading.group('Extensions', (inner) => extensions(inner, side, found), size);
  return found;
}
