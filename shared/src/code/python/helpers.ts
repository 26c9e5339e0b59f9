/** Functions that some programs need. */
export const helpers = {
  receive: [
    'def receive(sock, size):',
    '    """Ask until all of it has come: one recv gives what is there, 1 byte or more."""',
    '    parts = []',
    '    while size > 0:',
    '        part = sock.recv(min(size, 65536))',
    '        if not part:',
    '            raise EOFError("the stream ended too early")',
    '        parts.append(part)',
    '        size -= len(part)',
    '    return b"".join(parts)',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Helper = keyof typeof helpers;
