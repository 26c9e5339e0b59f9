/** The agent is killed at random moments under load, and a new one reads what it left. `KILLS` says how often. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { randomBytes, randomInt } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { toJsonEvent } from '@socket-playground/shared/events/json.ts';
import type { SocketEvent } from '@socket-playground/shared/events/event.ts';
import { bundled } from '../cli.ts';
import { temporaryFolder } from '../disk.ts';
import { eventually } from '../eventually.ts';
import { serveAgent } from '../served.ts';
import type { ServedAgent } from '../served.ts';

const file = bundled('../src/cli.ts');
const kills = Number(process.env.KILLS ?? 20);
const clients = 4;
const mostEvents = 600;

/** Sends the next chunk, of random size, once the one before came back. */
async function talk(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const bytes = randomBytes(8_192);
  let owed = 0;
  const say = () => {
    owed = randomInt(1, bytes.length);
    socket.write(bytes.subarray(0, owed));
  };
  socket.on('data', ({ length }) => {
    owed -= length;
    if (owed === 0) say();
  });
  say();
  return socket;
}

interface Witnessed {
  readonly session: string;
  readonly page: readonly SocketEvent[];
  readonly follower: readonly string[];
}

/** Kills the agent under load when its page has seen so many events. Answers what page and follower had been told. */
async function killedAfter(agent: ServedAgent, events: number): Promise<Witnessed> {
  const [port, page, follower] = [await agent.serve(), await agent.page(), await agent.follow()];
  const talking = await Promise.all(Array.from({ length: clients }, () => talk(port)));
  await eventually(() => expect(page.events.length).toBeGreaterThan(events), { interval: 1 });
  expect(await agent.kill('SIGKILL')).toBe('SIGKILL');
  await Promise.all([page.closed, follower.ended]);
  for (const socket of talking) socket.destroy();
  return { session: agent.session, page: page.events, follower: follower.lines };
}

/** What the page had of an event: a long payload was cut. */
function pageView(line: string, { captured }: { captured?: number | undefined }): object {
  const event = JSON.parse(line) as object;
  if (captured === undefined || !('data' in event)) return event;
  return {
    ...event,
    data: Buffer.from(String(event.data), 'base64').subarray(0, captured).toString('base64'),
    captured,
  };
}

async function expectKept(agent: ServedAgent, { session, page, follower }: Witnessed): Promise<void> {
  const info = (await agent.sessions()).find(({ id }) => id === session);
  const lines = await agent.lines(`/api/sessions/${session}?format=json`);
  expect(info).toMatchObject({ complete: false, events: lines.length });
  expect(lines.slice(0, follower.length)).toEqual(follower);
  expect(page.map(({ seq }) => seq)).toEqual(page.map((_, index) => index + 1));
  for (const event of page) {
    const shown = 'captured' in event ? event : { captured: undefined };
    expect(pageView(lines[event.seq - 1] ?? '{}', shown)).toEqual(toJsonEvent(event));
  }
}

test(
  `kill -9 loses no acknowledged event, at ${kills} random moments`,
  { timeout: kills * 15_000 },
  async () => {
    const data = temporaryFolder();
    let before: Witnessed | null = null;
    for (let time = 0; time <= kills; time += 1) {
      const agent = await serveAgent(file, data);
      if (before) await expectKept(agent, before);
      before = time < kills ? await killedAfter(agent, randomInt(1, mostEvents)) : null;
      if (before) expect(before.page.length + before.follower.length).toBeGreaterThan(0);
    }
  },
);
