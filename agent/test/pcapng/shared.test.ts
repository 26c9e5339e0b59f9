/** A capture of another program, written anew without its secrets, as Wireshark reads it: whole, and nothing to complain of. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import { captureParts } from '@socket-playground/shared/recording/pcapng/capture.ts';
import { sharedCapture } from '@socket-playground/shared/recording/pcapng/shared-capture.ts';
import { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import { temporaryFolder } from '../disk.ts';

const secret = 'Basic aGFweTpvdHRlcg==';
const said = `GET / HTTP/1.1\r\nHost: here\r\nAuthorization: ${secret}\r\n\r\n`;
const hidden = said.replace(secret, 'x'.repeat(secret.length));

const hexDump = (text: string) =>
  (
    Buffer.from(text)
      .toString('hex')
      .match(/.{1,32}/g) ?? []
  )
    .map(
      (line, index) =>
        `${(index * 16).toString(16).padStart(6, '0')} ${(line.match(/../g) ?? []).join(' ')}\n`,
    )
    .join('');

/** Redacted as the page does it: looked through once, then written. */
async function redacted(path: string): Promise<Buffer> {
  const file = new Uint8Array(readFileSync(path));
  const read = (at: number, length: number) => Promise.resolve(file.slice(at, at + length));
  const redactor = new Redactor([]);
  for await (const part of captureParts(read, file.length))
    if (part.kind === 'events') for (const event of part.events) redactor.look(event);
  redactor.rewind();
  expect(redactor.places).toBe(1);
  const pieces: Uint8Array[] = [];
  for await (const piece of sharedCapture(read, file.length, redactor)) pieces.push(piece);
  return Buffer.concat(pieces);
}

it.skipIf(!hasTool('text2pcap') || !hasTool('tshark')).each([
  ['pcapng over IPv4', ['-F', 'pcapng', '-T', '4660,80']],
  ['pcap over IPv6', ['-F', 'pcap', '-6', '::1,::2', '-T', '4660,80']],
])('%s', async (_, options) => {
  const folder = temporaryFolder();
  const [text, theirs, ours] = [
    join(folder, 'bytes.txt'),
    join(folder, 'theirs'),
    join(folder, 'ours.pcapng'),
  ];
  writeFileSync(text, hexDump(said));
  execFileSync('text2pcap', ['-q', ...options, text, theirs], { stdio: 'ignore' });
  writeFileSync(ours, await redacted(theirs));
  const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
  const complains = '_ws.malformed || _ws.expert.severity >= 0x600000 || tcp.checksum.status == 0';
  const tshark = (...asked: readonly string[]) =>
    execFileSync('tshark', ['-r', ours, ...checks, ...asked], { encoding: 'utf8', stdio: 'pipe' });
  expect(tshark('-Y', complains)).toBe('');
  const payload = tshark('-T', 'fields', '-e', 'tcp.payload').trim();
  expect(Buffer.from(payload, 'hex').toString()).toBe(hidden);
});
