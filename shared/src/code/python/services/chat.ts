/** A room with a thread for each member. */
import { piece, service } from '../service.ts';
import type { Service } from '../service.ts';

const room = [
  'members = set()',
  'lock = threading.Lock()  # one message at a time, and whole',
  '',
  '',
  'def tell_others(me, data):',
  '    with lock:',
  '        for other in members - {me}:',
  '            with contextlib.suppress(OSError):  # it may just have gone',
  '                other.sendall(data)',
];

export const chat = (ask: number): Service =>
  service(
    [
      piece('host, port = peer[:2]'),
      piece('with lock:'),
      piece('    members.add(conn)', 'accepted'),
      piece(String.raw`tell_others(conn, f"[{host}:{port}] entered room\n".encode())`),
      piece('try:'),
      piece(`    while data := conn.recv(${ask}):`, 'received', 'ended'),
      piece(String.raw`        prefix = f"\r<('{host}', {port})> ".encode()`),
      piece('        tell_others(conn, prefix + data)', 'sent'),
      piece('finally:'),
      piece('    with lock:'),
      piece('        members.discard(conn)', 'reset'),
      piece(String.raw`    tell_others(conn, f"Client ({host}, {port}) is offline\n".encode())`),
    ],
    { imports: ['import contextlib', 'import threading'], functions: room, isRoom: true },
  );
