/** The kernel's view as programs and pages get it. */
import { expect, test } from 'vitest';
import { kernelView } from '@socket-playground/shared/kernel/view.ts';
import { closeCodes, mostKernelSockets } from '@socket-playground/shared/wire/messages.ts';
import { limits } from '../src/limits.ts';
import { startAgentWith, startTestAgent } from './agent.ts';
import { eventually } from './eventually.ts';
import { openLink } from './link.ts';
import { memoryJournal } from './memory-journal.ts';
import { openScene } from './scene.ts';

test('GET /api/kernel tells of every TCP socket, or that this system does not', async () => {
  const scene = openScene();
  const agent = await startAgentWith(scene.playground);
  const { socket } = await scene.serve({ name: 'none' }, { accept: 'manual', backlog: 4 });
  await scene.serve({ name: 'none' }, { socketType: 'dgram' });
  const answer = await agent.get('/api/kernel');
  expect(answer.status).toBe(200);
  const view = kernelView.parse(await answer.json());
  if (process.platform === 'linux')
    expect(view).toMatchObject({
      available: true,
      sockets: [{ socket, state: 'LISTEN', waiting: 0, room: 5 }],
    });
  else expect(view).toEqual({ available: false, reason: 'system' });
});

test('a page is told of the sockets it asks about, in the order it asks', async () => {
  const agent = await startTestAgent();
  const asked: unknown[] = [];
  agent.playground.kernel = (sockets) => {
    asked.push([...(sockets ?? [])]);
    return Promise.resolve({ available: true, time: asked.length, sockets: [] });
  };
  const link = await openLink(agent);
  link.hello();
  link.say({ type: 'kernel', id: 1, sockets: [3, 4] });
  link.say({ type: 'kernel', id: 2, sockets: [] });
  await eventually(() => expect(link.messages).toHaveLength(3));
  expect(link.messages.slice(1)).toEqual([
    { type: 'seen', id: 1, view: { available: true, time: 1, sockets: [] } },
    { type: 'seen', id: 2, view: { available: true, time: 2, sockets: [] } },
  ]);
  expect(asked).toEqual([[3, 4], []]);
});

test('a kept session has no kernel: its sockets are long closed', async () => {
  const agent = await startTestAgent();
  const past = {
    source: memoryJournal(),
    id: 'past',
    tornBytes: 0,
    isCutShort: false,
    close: () => Promise.resolve(),
  };
  agent.playground.sessions.open = () => Promise.resolve(past);
  const link = await openLink(agent);
  link.hello({ session: 'past' });
  link.say({ type: 'kernel', id: 1, sockets: [1] });
  await eventually(() => expect(link.messages).toHaveLength(2));
  expect(link.messages[1]).toEqual({
    type: 'seen',
    id: 1,
    view: { available: false, reason: 'recording' },
  });
});

test('a page may ask about so many at once', async () => {
  const link = await openLink(await startTestAgent());
  link.hello();
  const sockets = Array.from({ length: mostKernelSockets + 1 }, (_, index) => index + 1);
  link.say({ type: 'kernel', id: 1, sockets });
  expect((await link.closed).code).toBe(closeCodes.malformed);
});

test('a page that waits for each answer may look as often as it likes', async () => {
  const link = await openLink(await startTestAgent());
  link.hello();
  for (let id = 1; id <= limits.pageLooks + 1; id += 1) {
    link.say({ type: 'kernel', id, sockets: [] });
    await eventually(() => expect(link.messages).toHaveLength(id + 1), { interval: 1 });
  }
});

test('a page whose looks pile up unanswered is hung up on', async () => {
  const agent = await startTestAgent();
  agent.playground.kernel = () => new Promise(() => undefined);
  const link = await openLink(agent);
  link.hello();
  for (let id = 1; id <= limits.pageLooks + 1; id += 1) link.say({ type: 'kernel', id, sockets: [] });
  const { code, reason } = await link.closed;
  expect(code).toBe(closeCodes.malformed);
  expect(reason).toContain('looks');
});
