/** What each behaviour does with one client, in Python. `conn` is the connection, `peer` its address. */
import type { BehaviourConfig } from '../../behaviours/index.ts';
import { isOnce } from '../plan/served.ts';
import { chat } from './services/chat.ts';
import { chargen, daytime, time } from './services/clocks.ts';
import { http } from './services/http.ts';
import { lingering, piece, service } from './service.ts';
import type { Service } from './service.ts';

function answering(answer: string, ask: number, once: boolean): Service {
  if (!once)
    return service([
      piece(`while data := conn.recv(${ask}):`, 'received', 'ended'),
      piece(`    conn.sendall(${answer})`, 'sent'),
    ]);
  const body = [
    piece(`if data := conn.recv(${ask}):`, 'received'),
    piece(`    conn.sendall(${answer})`, 'sent'),
    ...lingering(ask, 'ended'),
  ];
  return service(body, { ends: true });
}

const greeting = String.raw`b"Welcome to the server. Type something and hit enter\n"`;

/** `ask`: bytes that a read asks for. */
export function serviceOf(behaviour: BehaviourConfig, ask: number): Service {
  const once = isOnce(behaviour);
  switch (behaviour.name) {
    case 'echo':
      return answering('data', ask, once);
    case 'ok':
      return answering('b"OK..." + data', ask, once);
    case 'upper':
      return answering('data.upper()', ask, once);
    case 'welcome': {
      const ok = answering('b"OK..." + data', ask, false);
      return service([piece(`conn.sendall(${greeting})`, 'greeted'), ...ok.body]);
    }
    case 'collect':
      return service([
        piece('parts = []'),
        piece(`while part := conn.recv(${ask}):`, 'received', 'ended'),
        piece('    parts.append(part)'),
        piece('conn.sendall(b"OK..." + b"".join(parts))', 'sent'),
      ]);
    case 'discard':
      return service([piece(`while conn.recv(${ask}):`, 'received', 'ended'), piece('    pass')]);
    case 'reset':
      return service(
        [
          piece(`if conn.recv(${ask}):`, 'received', 'ended'),
          piece('    linger = struct.pack("ii", 1, 0)  # close with RST'),
          piece('    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)', 'reset'),
        ],
        { imports: ['import struct'] },
      );
    case 'daytime':
      return daytime(ask);
    case 'time':
      return time(ask);
    case 'chargen':
      return chargen(ask);
    case 'chat':
      return chat(ask);
    case 'http':
      return http(ask);
    default:
      return service([piece(`print(conn.recv(${ask}))`, 'received', 'ended')]);
  }
}
