/** A session that tells how far it is while it is sent: the same file, and no work once nobody waits. */
import { expect, test } from 'vitest';
import { Block } from '@socket-playground/shared/wire/block.ts';
import { ToldReader } from '@socket-playground/shared/recording/told.ts';
import type { Told } from '@socket-playground/shared/recording/told.ts';
import { redactorOf } from '../src/gateway/api/redactor-of.ts';
import { startTestAgent, token } from './agent.ts';
import type { RunningAgent } from './agent.ts';
import { head, openRaw, readToEnd } from './raw.ts';

const line = 'GET / HTTP/1.1\r\nCookie: a=secret\r\n\r\n';

async function told(agent: RunningAgent, query: string): Promise<{ news: Told[]; file: Buffer }> {
  const response = await agent.get(`/api/sessions/current?progress=1&${query}`);
  return toldIn(new Uint8Array(await response.arrayBuffer()));
}

function toldIn(bytes: Uint8Array<ArrayBuffer>): { news: Told[]; file: Buffer } {
  const news = [...new ToldReader().add(bytes)];
  return { news, file: Buffer.concat(news.flatMap((one) => (one.is === 'data' ? [one.bytes] : []))) };
}

test.each(['session', 'pcapng', 'json', 'csv'])(
  'as %s it is the same file, and the last word is that all is done',
  async (format) => {
    const agent = await startTestAgent();
    for (let count = 0; count < 50; count += 1) agent.playground.receive(line);
    for (const query of [`format=${format}`, `format=${format}&redact=1`]) {
      const plain = await agent.get(`/api/sessions/current?${query}`);
      const { news, file } = await told(agent, query);
      expect(file).toEqual(Buffer.from(await plain.arrayBuffer()));
      expect(news.filter(({ is }) => is === 'wrote').at(-1)).toEqual({ is: 'wrote', share: 1 });
      const hidden = news.filter(({ is }) => is === 'hidden');
      expect(hidden).toEqual(query.includes('redact') ? [{ is: 'hidden', places: 50 }] : []);
      expect(plain.headers.get('redacted')).toBe(query.includes('redact') ? '50' : null);
    }
  },
);

test.each(['session', 'pcapng', 'json', 'csv'])(
  'as %s no word beside a payload tells a secret',
  async (format) => {
    const agent = await startTestAgent();
    const { journal } = agent.playground;
    journal.append({ socket: 1, type: 'opened', family: 'inet', socketType: 'stream', label: 'for hunter2' });
    journal.append({ socket: 1, type: 'resolved', host: 'hunter2.test', addresses: [] });
    const kept = await agent.get(`/api/sessions/current?format=${format}`);
    const shared = await agent.get(`/api/sessions/current?format=${format}&hide=hunter2`);
    expect(await kept.text()).toContain('hunter2');
    expect(await shared.text()).not.toContain('hunter2');
    expect(Number(shared.headers.get('redacted'))).toBeGreaterThanOrEqual(2);
  },
);

test('what cannot be looked for is refused before anything is sent', async () => {
  const agent = await startTestAgent();
  const response = await agent.get('/api/sessions/current?progress=1&hide=/(/');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ problem: { code: 'cannot-redact' } });
});

const data = Buffer.alloc(1_000, 'nothing to hide ');

/** It never ends: only somebody who stops gets to the end of a test. */
const endless = {
  epoch: { id: 'e', started: '2026-11-26T12:00:00.000Z' },
  first: 1,
  latest: Number.MAX_SAFE_INTEGER,
  gapAt: () => null,
  blockOf: (first: number) => {
    const block = new Block(first, new Uint8Array(1 << 20));
    for (let seq = first; seq < first + 500; seq += 1)
      block.append({ seq, time: seq, socket: 1, type: 'received', size: data.length, data });
    return block;
  },
  standingAfter: () => Promise.resolve(null),
  subscribe: () => () => undefined,
};

test('nothing is looked through any more once nobody waits', async () => {
  const shares: number[] = [];
  await redactorOf(endless, [{ is: 'text', bytes: Buffer.from('secret') }], {
    looked: (share) => shares.push(share),
    isGone: () => shares.length === 3,
  });
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

const authorization = [`Authorization: Bearer ${token}`];
const requestOf = (agent: RunningAgent, path: string) => head(agent, `GET ${path} HTTP/1.1`, authorization);

test.each(['', '&progress=1'])('who sends FIN behind redact=1%s gets all of it', async (progress) => {
  const agent = await startTestAgent();
  for (let count = 0; count < 50; count += 1) agent.playground.receive(line);
  const path = '/api/sessions/current?format=json&redact=1';
  const whole = await (await agent.get(path)).text();
  const { sessions } = agent.playground;
  const open = sessions.open.bind(sessions);
  for (const before of ['', requestOf(agent, '/api/health')]) {
    const heardFin = new Promise<void>((resolve) => {
      agent.app.server.once('connection', (socket) => void socket.once('end', resolve));
    });
    sessions.open = (id) => heardFin.then(() => open(id));
    const client = await openRaw(agent);
    client.end(before + requestOf(agent, path + progress));
    const body = bodyIn((await readToEnd(client)).text);
    const file = progress === '' ? body : toldIn(Uint8Array.from(body)).file;
    expect(file.toString()).toBe(whole);
  }
});

test.each(['', '&progress=1'])('a connection that breaks ends the work for redact=1%s', async (progress) => {
  const agent = await startTestAgent();
  const path = `/api/sessions/endless?redact=1${progress}`;
  for (const before of ['', requestOf(agent, '/api/sessions/never')]) {
    const client = await openRaw(agent);
    const closed = new Promise<void>((resolve) => {
      const close = () => {
        resolve();
        return Promise.resolve();
      };
      agent.playground.sessions.open = (id) => {
        if (id === 'never') return new Promise(() => undefined);
        client.resetAndDestroy();
        return Promise.resolve({ id, source: endless, tornBytes: 0, isCutShort: false, close });
      };
    });
    client.write(before + requestOf(agent, path));
    await closed;
  }
});

/** What the last response on a connection carried, out of its chunks (RFC 9112 §7.1). Its bytes are read as Latin-1. */
function bodyIn(text: string): Buffer {
  const last = text.slice(text.lastIndexOf('HTTP/1.1 '));
  let rest = last.slice(last.indexOf('\r\n\r\n') + 4);
  let body = '';
  for (let size = parseInt(rest, 16); size > 0; size = parseInt(rest, 16)) {
    const start = rest.indexOf('\r\n') + 2;
    body += rest.slice(start, start + size);
    rest = rest.slice(start + size + 2);
  }
  return Buffer.from(body, 'latin1');
}
