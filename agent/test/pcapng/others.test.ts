/** What Wireshark's own tools write is read: every format and link type they know that is read here. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTool } from '../../../scripts/lib/tools.mjs';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { captureParts } from '@socket-playground/shared/recording/pcapng/capture.ts';
import { temporaryFolder } from '../disk.ts';

async function eventsOf(path: string): Promise<SocketEvent[]> {
  const file = new Uint8Array(readFileSync(path));
  const events: SocketEvent[] = [];
  const read = (at: number, length: number) => Promise.resolve(file.slice(at, at + length));
  for await (const part of captureParts(read, file.length)) {
    if (part.kind === 'events') events.push(...part.events);
    expect(['torn', 'foreign']).not.toContain(part.kind);
  }
  return events;
}

/** One packet that says hello, made by text2pcap. */
function packet(...options: readonly string[]): string {
  const folder = temporaryFolder();
  const [text, path] = [join(folder, 'bytes.txt'), join(folder, 'made')];
  writeFileSync(text, '000000 68 65 6c 6c 6f\n');
  execFileSync('text2pcap', ['-q', ...options, text, path], { stdio: 'ignore' });
  return path;
}

describe.skipIf(!hasTool('text2pcap'))('text2pcap', () => {
  it.each([
    ['pcapng, UDP over IPv4', 'UDP', ['-F', 'pcapng', '-u', '4660,22136']],
    ['pcap, TCP over IPv4', 'TCP', ['-F', 'pcap', '-T', '4660,22136']],
    ['pcap in nanoseconds, UDP over IPv6', 'UDP', ['-F', 'nsecpcap', '-6', '::1,::2', '-u', '4660,22136']],
    [
      'pcapng, raw IPv4',
      'UDP',
      ['-F', 'pcapng', '-E', 'rawip', '-4', '10.0.0.1,10.0.0.2', '-u', '4660,22136'],
    ],
  ])('%s', async (_, protocol, options) => {
    const events = await eventsOf(packet(...options));
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event).toMatchObject({ type: 'segment', protocol, size: 5, source: { port: 4_660 }, stream: 1 });
    expect(event?.type === 'segment' && new TextDecoder().decode(event.data)).toBe('hello');
  });
});
