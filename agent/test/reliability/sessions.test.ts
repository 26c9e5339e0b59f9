/** Sessions as the command line keeps them: the folder it takes, how it ends, and two agents side by side. */
import { chmodSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundled, readyLineOf, startCli } from '../cli.ts';
import { temporaryFolder } from '../disk.ts';
import { eventually } from '../eventually.ts';
import { serveAgent } from '../served.ts';
import type { ServedAgent } from '../served.ts';

const file = bundled('../src/cli.ts');
const quietly = ['--port', '0', '--no-open', '--json'];
const posixOnly = test.skipIf(process.platform === 'win32');

/** Peers that never close, with bytes on their way in both directions. */
async function burden(agent: ServedAgent, count: number): Promise<void> {
  const port = await agent.serve({ name: 'chargen' });
  for (let made = 0; made < count; made += 1) {
    const peer = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    onTestFinished(() => void peer.destroy());
    peer.on('error', () => undefined);
    await once(peer, 'connect');
  }
  await eventually(async () =>
    expect((await agent.lines('/api/events')).join()).toContain('"type":"blocked"'),
  );
}

describe('shutdown', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: the session is complete and holds the last event of every socket',
    async (signal) => {
      const data = temporaryFolder();
      const agent = await serveAgent(file, data);
      await burden(agent, 5);
      const mute = await agent.page();
      mute.socket.pause();
      const follower = await agent.follow();
      expect(await agent.kill(signal)).toBe(0);
      await follower.ended;

      const reader = await serveAgent(file, data);
      const [, kept] = await reader.sessions();
      expect(kept).toMatchObject({ id: agent.session, complete: true });
      const lines = await reader.lines(`/api/sessions/${agent.session}?format=json`);
      expect(kept?.events).toBe(lines.length);
      expect(lines.slice(0, follower.lines.length)).toEqual(follower.lines);
      const closed = lines.filter((text) => text.includes('"type":"closed"'));
      const opened = lines.filter((text) => text.includes('"type":"opened"'));
      expect(closed).toHaveLength(opened.length);
      expect(agent.cli.output.stderr).toBe('');
    },
  );

  test('a second signal ends it at once: what was told is in the session all the same', async () => {
    const data = temporaryFolder();
    const agent = await serveAgent(file, data);
    await burden(agent, 2);
    const follower = await agent.follow();
    await eventually(() => expect(follower.lines.length).toBeGreaterThan(5));
    agent.cli.child.kill('SIGTERM');
    expect([130, 143, 0]).toContain(await agent.kill('SIGINT'));
    await follower.ended;
    const reader = await serveAgent(file, data);
    const lines = await reader.lines(`/api/sessions/${agent.session}?format=json`);
    expect(lines.slice(0, follower.lines.length)).toEqual(follower.lines);
  });
});

describe('the folder of sessions', () => {
  posixOnly('is 0700 and its files are 0600', async () => {
    const data = join(temporaryFolder(), 'new');
    const agent = await serveAgent(file, data);
    await agent.serve();
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(statSync(agent.ready.session ?? '').mode & 0o777).toBe(0o600);
  });

  posixOnly('open to others and with their things in it: refused in words, exit 1', async () => {
    const data = temporaryFolder();
    writeFileSync(join(data, 'thesis.odt'), '');
    chmodSync(data, 0o777);
    const refused = startCli(file, [...quietly, '--data', data]);
    expect(await refused.exited).toBe(1);
    expect(refused.output.stderr).toContain('thesis.odt');
    expect(refused.output.stderr).toContain('--data');
    expect(refused.output.stdout).toBe('');
    expect(readdirSync(data)).toEqual(['thesis.odt']);
  });

  test('a file in its place: refused in words, exit 1', async () => {
    const data = join(temporaryFolder(), 'file');
    writeFileSync(data, '');
    const refused = startCli(file, [...quietly, '--data', data]);
    expect(await refused.exited).toBe(1);
    expect(refused.output.stderr).toContain(data);
  });

  posixOnly('the usual one cannot be had: memory only, with a warning', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'socket-playground'), '');
    const started = startCli(file, quietly, { XDG_DATA_HOME: home });
    const ready = await readyLineOf(started);
    expect(ready.session).toBeNull();
    expect(started.output.stderr).toContain('memory only');
    const response = await fetch(`http://127.0.0.1:${ready.port}/api/sessions/current?format=json`, {
      headers: { authorization: `Bearer ${ready.token}` },
    });
    expect(response.status).toBe(200);
  });
});

posixOnly(
  'a home that is no absolute path: memory only, with a warning, and nothing where it was started',
  async () => {
    const [home, data] = ['a-relative-home', 'relative-data'];
    onTestFinished(() => [home, data].forEach((name) => rmSync(name, { recursive: true, force: true })));
    const started = startCli(file, quietly, { XDG_DATA_HOME: data, HOME: home });
    expect((await readyLineOf(started)).session).toBeNull();
    expect(started.output.stderr).toContain('memory only');
    expect([existsSync(home), existsSync(data)]).toEqual([false, false]);
  },
);

test(
  "two agents on one folder: each keeps its own session, and neither removes the other's",
  { timeout: 60_000 },
  async () => {
    const data = temporaryFolder();
    const one = await serveAgent(file, data, ['--keep', '3MB']);
    const two = await serveAgent(file, data, ['--keep', '3MB']);
    for (const agent of [one, two]) {
      const port = await agent.serve({ name: 'discard' });
      const peer = connect(port, '127.0.0.1');
      onTestFinished(() => void peer.destroy());
      peer.end(Buffer.alloc(8 * 1024 * 1024));
      await once(peer, 'close');
    }
    for (const [agent, other] of [
      [one, two],
      [two, one],
    ] as const) {
      const sessions = await agent.sessions();
      expect(sessions.map(({ id }) => id).sort()).toEqual([agent.session, other.session].sort());
      expect(sessions.every(({ complete, events }) => !complete && events > 0)).toBe(true);
      const lines = await agent.lines();
      expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'closed' });
      expect((await agent.get(`/api/sessions/${other.session}?format=csv`)).status).toBe(200);
    }
    for (const agent of [one, two]) {
      expect(await agent.kill('SIGTERM')).toBe(0);
      expect(agent.cli.output.stderr).toBe('');
    }
  },
);
