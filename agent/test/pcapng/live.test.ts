/** A real exchange on loopback, captured by the programs that people capture with, and read here byte for byte. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import type { EventOf } from '@socket-playground/shared/events/event.ts';
import { tcpFlags } from '@socket-playground/shared/events/tcp-flags.ts';
import { captureParts } from '@socket-playground/shared/recording/pcapng/capture.ts';
import { InSequence } from '@socket-playground/shared/streams/in-sequence.ts';
import type { Held } from '@socket-playground/shared/streams/in-sequence.ts';
import { Sequence } from '@socket-playground/shared/streams/sequence.ts';
import { temporaryFolder } from '../disk.ts';
import { eventually } from '../eventually.ts';

type Segment = EventOf<'segment'>;

/** At once costs a slot of 256 KiB a packet: with the usual two MiB some are lost. */
const roomKib = '65536';
const programs = [
  { name: 'dumpcap', ending: 'pcapng', ready: 'File:', options: ['-q'], filter: ['-f'] },
  {
    name: 'tcpdump',
    ending: 'pcap',
    ready: 'listening on',
    options: ['-U', '--immediate-mode', '-B', roomKib],
    filter: [],
  },
] as const;

interface Piece extends Held {
  readonly data: Uint8Array;
}

async function segmentsOf(path: string): Promise<Segment[]> {
  const file = new Uint8Array(existsSync(path) ? readFileSync(path) : []);
  const segments: Segment[] = [];
  const read = (at: number, length: number) => Promise.resolve(file.slice(at, at + length));
  for await (const part of captureParts(read, file.length))
    if (part.kind === 'events') segments.push(...part.events.filter((event) => event.type === 'segment'));
  return segments;
}

function bytesFrom(segments: readonly Segment[], from: Segment['from']): Buffer {
  const [sequence, parts] = [new Sequence(), new Array<Uint8Array>()];
  const to = {
    take: ({ data }: Piece, skip: number) => void parts.push(data.subarray(skip)),
    miss: (bytes: number) => expect(bytes).toBe(0),
  };
  let line: InSequence<Piece> | null = null;
  for (const segment of segments) {
    if (segment.from !== from || segment.tcp === undefined) continue;
    const { size, data } = segment;
    const at = sequence.place(segment.tcp, size);
    line ??= new InSequence<Piece>(to, at, { waitingBytes: 1e9, waitingPieces: 1e6 });
    line.add({ at, size, data });
  }
  line?.finish();
  return Buffer.concat(parts);
}

const question = Buffer.from('how many bytes have you?\n');
const answer = Buffer.from(Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 251));

/** A server that answers a question with many bytes and ends. */
async function listening(): Promise<{ port: number; ask: () => Promise<void>; close: () => void }> {
  const server = createServer((socket) => void socket.once('data', () => socket.end(answer)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = async () => {
    const client = connect(port, '127.0.0.1', () => client.write(question)).resume();
    await once(client, 'close');
  };
  return { port, ask, close: () => server.close() };
}

/** False when it ends without saying so: capturing needs a privilege that not everybody has. */
function saying(child: ChildProcess, words: string): Promise<boolean> {
  return new Promise((resolve) => {
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.includes(words)) resolve(true);
    });
    child.once('exit', () => resolve(false));
  });
}

describe.each(programs)('$name', ({ name, ending, ready, options, filter }) => {
  it.skipIf(!hasTool(name))(
    'on loopback: every byte of both ways, and who called',
    { timeout: 30_000 },
    async ({ skip }) => {
      const { port, ask, close } = await listening();
      const path = join(temporaryFolder(), `captured.${ending}`);
      const args = ['-i', 'lo', '-w', path, ...options, ...filter, `tcp port ${port}`];
      const child = spawn(name, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      const exited = once(child, 'exit');
      try {
        if (!(await saying(child, ready))) return skip('capturing is not permitted here');
        await ask();
        const isFin = ({ tcp }: Segment) => ((tcp?.flags ?? 0) & tcpFlags.FIN) !== 0;
        await eventually(async () => expect((await segmentsOf(path)).filter(isFin)).toHaveLength(2));
      } finally {
        child.kill('SIGINT');
        await exited;
        close();
      }
      const segments = await segmentsOf(path);
      expect(bytesFrom(segments, 'client')).toEqual(question);
      expect(bytesFrom(segments, 'server').equals(answer)).toBe(true);
      expect(segments[0]).toMatchObject({
        from: 'client',
        stream: 1,
        destination: { host: '127.0.0.1', port },
      });
      expect(new Set(segments.map(({ stream }) => stream))).toEqual(new Set([1]));
    },
  );
});
