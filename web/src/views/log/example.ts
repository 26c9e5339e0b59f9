/** A client says a word to an echo server, as the log of an empty page shows it. */
import { defaultBacklog } from '@socket-playground/shared/commands/defaults.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { noEnds } from '../../store/rows/ends.ts';
import type { EventRow } from '../../store/rows/rows.ts';

const server = { host: '127.0.0.1', port: 8888 };
const client = { host: '127.0.0.1', port: 52144 };
const word = { size: 6, data: encodeUtf8('happy\n') };

const lines: readonly (readonly [event: SocketEvent, gloss: string])[] = [
  [{ seq: 2, time: 118e3, socket: 1, type: 'bound', local: server }, 'the server takes an address'],
  [
    { seq: 3, time: 176e3, socket: 1, type: 'listening', local: server, backlog: defaultBacklog },
    'and waits there',
  ],
  [{ seq: 6, time: 2418391e3, socket: 2, type: 'connecting', remote: server }, 'a client calls that address'],
  [
    { seq: 7, time: 2418704e3, socket: 2, type: 'connected', local: client, remote: server },
    'the kernel answers: connected',
  ],
  [
    { seq: 9, time: 2418961e3, socket: 3, type: 'accepted', listener: 1, local: server, remote: client },
    'the server gets a new socket, for this client only',
  ],
  [{ seq: 10, time: 3872140e3, socket: 2, type: 'sent', ...word }, 'the client hands 6 bytes to its kernel'],
  [{ seq: 11, time: 3872402e3, socket: 3, type: 'received', ...word }, 'the server reads them'],
  [{ seq: 12, time: 3872455e3, socket: 3, type: 'sent', ...word }, 'the server writes them back'],
  [{ seq: 13, time: 3872688e3, socket: 2, type: 'received', ...word }, 'the client reads them'],
];

const endsOf = (socket: number | null, seq: number) => {
  if (socket === 1)
    return { ...noEnds, socketType: 'stream', local: server, side: 'server', settled: true } as const;
  if (socket === 3) {
    return { socketType: 'stream', local: server, remote: client, side: 'server', settled: true } as const;
  }
  const local = seq < 7 ? null : client;
  return { socketType: 'stream', local, remote: server, side: 'client', settled: true } as const;
};

export const exampleRows: readonly EventRow[] = lines.map(([event], index) => ({
  kind: 'event',
  run: 0,
  event,
  ends: endsOf(event.socket, event.seq),
  offset: null,
  lanes: { taken: index < 2 ? 1 : index < 4 ? 3 : 7, own: (event.socket ?? 1) - 1 },
}));

export const exampleGlosses: readonly string[] = lines.map(([, gloss]) => gloss);
