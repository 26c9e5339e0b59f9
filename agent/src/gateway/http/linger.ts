import type { Duplex } from 'node:stream';

/**
 * Says a last word on a connection and closes it. What the peer still sends is read and thrown away for a moment:
 * closing with unread bytes would reset the connection and take the last word along (RFC 9112 §9.6).
 */
export function lastWord(connection: Duplex, bytes: Uint8Array, goodbyeMs: number): void {
  if (connection.destroyed) return;
  const deadline = setTimeout(() => connection.destroy(), goodbyeMs);
  connection.once('close', () => clearTimeout(deadline));
  connection.once('end', () => connection.destroy());
  // The peer may be gone already; there is nobody left to tell.
  connection.on('error', () => connection.destroy());
  connection.end(bytes);
  connection.resume();
}
