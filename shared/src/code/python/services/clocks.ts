/** RFC 864, 867 and 868 over streams. */
import { lingering, piece, service } from '../service.ts';
import type { Service } from '../service.ts';

const now = piece('now = datetime.now(timezone.utc)');
const line = String.raw`f"{now:%A, %B} {now.day}, {now:%Y %H:%M:%S}-UTC\r\n".encode()`;
/** From 1900, where RFC 868 begins to count, to 1970, where Python does. */
const seconds = 'struct.pack("!I", (int(time.time()) + 2_208_988_800) % 2**32)';

export const daytimeAnswer = {
  before: [now.text],
  answer: line,
  imports: ['from datetime import datetime, timezone'],
};
export const timeAnswer = { before: [], answer: seconds, imports: ['import struct', 'import time'] };

export const daytime = (ask: number): Service =>
  service([now, piece(`conn.sendall(${line})`, 'sent'), ...lingering(ask, 'received', 'ended')], {
    imports: daytimeAnswer.imports,
    ends: true,
  });

export const time = (ask: number): Service =>
  service([piece(`conn.sendall(${seconds})`, 'sent'), ...lingering(ask, 'received', 'ended')], {
    imports: timeAnswer.imports,
    ends: true,
  });

/** 95 lines of 72 characters, each beginning one character later in the ring of those that can be printed. */
export const chargenBlock = [
  'ring = bytes(range(32, 127)) * 2',
  String.raw`block = b"".join(ring[n : n + 72] + b"\r\n" for n in range(95))`,
];

export const chargen = (ask: number): Service =>
  service(
    [
      ...chargenBlock.map((text) => piece(text)),
      piece('while True:'),
      piece('    readable, _, _ = select.select([conn], [], [], 0)'),
      piece(`    if readable and not conn.recv(${ask}):`, 'received', 'ended'),
      piece('        break'),
      piece('    conn.sendall(block)', 'sent'),
    ],
    { imports: ['import select'] },
  );
