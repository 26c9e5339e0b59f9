/** Many bytes through one connection: the same at both ends, in the journal and in the file. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { sessionParts } from '@socket-playground/shared/recording/parts.ts';
import { bundled } from '../cli.ts';
import { temporaryFolder } from '../disk.ts';
import { line, serveAgent } from '../served.ts';
import type { ServedAgent } from '../served.ts';

const file = bundled('../src/cli.ts');
const mebibytes = Number(process.env.BULK_MEBIBYTES ?? 20);
const bytes = mebibytes * 1024 * 1024;

/** A peer in a process of its own: sends random bytes in random slices and says what it sent and what came back. */
const peer = `
const { connect } = require('node:net');
const { createHash, randomBytes, randomInt } = require('node:crypto');
const [port, total] = process.argv.slice(1).map(Number);
const [sent, back] = [createHash('sha256'), createHash('sha256')];
let [left, received] = [total, 0];
const socket = connect(port, '127.0.0.1');
const pool = randomBytes(1 << 20);
const send = () => {
  while (left > 0) {
    const start = randomInt(pool.length);
    const slice = pool.subarray(start, start + Math.min(left, randomInt(1, 200000)));
    left -= slice.length;
    sent.update(slice);
    if (left === 0) return socket.end(slice);
    if (!socket.write(slice)) return socket.once('drain', send);
  }
};
socket.on('data', (data) => { received += data.length; back.update(data); });
socket.on('close', () => console.log(JSON.stringify({ received, sent: sent.digest('hex'), back: back.digest('hex') })));
socket.on('connect', send);
`;
const report = z.strictObject({ received: z.int(), sent: z.string(), back: z.string() });

/** SHA-256 and count of the bytes in each direction. */
class Tally {
  readonly #hashes = { sent: createHash('sha256'), received: createHash('sha256') };
  readonly bytes = { sent: 0, received: 0 };
  seqs = 0;
  isOrdered = true;

  take(seq: number, type: string, data: Uint8Array | null): void {
    this.seqs += 1;
    this.isOrdered &&= seq === this.seqs;
    if (data === null || (type !== 'sent' && type !== 'received')) return;
    this.#hashes[type].update(data);
    this.bytes[type] += data.length;
  }

  digests() {
    return { sent: this.#hashes.sent.digest('hex'), received: this.#hashes.received.digest('hex') };
  }
}

async function overHttp(agent: ServedAgent): Promise<Tally> {
  const tally = new Tally();
  const { body } = await agent.get('/api/sessions/current?format=json');
  let rest = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const told = line.parse(JSON.parse(text));
      if (told.type === 'gap') throw new Error(`a gap: ${text}`);
      tally.take(told.seq, told.type, 'data' in told ? Buffer.from(told.data, 'base64') : null);
    }
  }
  return tally;
}

async function inFiles(paths: readonly string[]): Promise<Tally> {
  const tally = new Tally();
  const take = (event: SocketEvent | null) => {
    if (event === null) throw new Error('a record that is no event');
    tally.take(event.seq, event.type, 'data' in event ? event.data : null);
  };
  for (const path of paths) {
    const handle = await open(path);
    const { size } = await stat(path);
    const read = async (at: number, length: number) => {
      const into = new Uint8Array(length);
      const { bytesRead } = await handle.read(into, 0, length, at);
      return into.subarray(0, bytesRead);
    };
    for await (const part of sessionParts(read, size)) {
      expect(['segment', 'block']).toContain(part.kind);
      if (part.kind !== 'block') continue;
      for (let seq = part.block.first; seq <= part.block.last; seq += 1) take(part.block.event(seq));
    }
    await handle.close();
  }
  return tally;
}

test(
  `TCP: bytes and SHA-256 at both ends match, in the journal and in the session file too (${mebibytes} MiB)`,
  { timeout: 300_000 },
  async () => {
    const agent = await serveAgent(file, temporaryFolder());
    const port = await agent.serve();
    const { stdout } = await promisify(execFile)(process.execPath, [
      '-e',
      peer,
      '--',
      String(port),
      String(bytes),
    ]);
    const { sent, back, received } = report.parse(JSON.parse(stdout));
    expect([received, back]).toEqual([bytes, sent]);
    // Nobody is told of what is not on disk yet; an answer, whatever it is, comes after that.
    await agent.command({ type: 'pause', socket: 1_000_000 });
    const listed = await overHttp(agent);
    expect(listed).toMatchObject({ bytes: { sent: bytes, received: bytes }, isOrdered: true });
    expect(listed.digests()).toEqual({ sent, received: sent });

    const path = agent.ready.session ?? '';
    expect(await agent.kill('SIGTERM')).toBe(0);
    const segments = [path];
    while (await stat(`${path}.${segments.length + 1}`).catch(() => null))
      segments.push(`${path}.${segments.length + 1}`);
    const stored = await inFiles(segments);
    expect(stored).toMatchObject({ bytes: { sent: bytes, received: bytes }, isOrdered: true });
    expect(stored.digests()).toEqual({ sent, received: sent });
  },
);
