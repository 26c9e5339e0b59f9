/** A page that shows a kept session: it runs nothing there, and its session is let go of when it leaves. */
import { expect, test } from 'vitest';
import { startTestAgent } from './agent.ts';
import { eventually } from './eventually.ts';
import { openLink } from './link.ts';
import { memoryJournal } from './memory-journal.ts';

/** An agent with one kept session, which counts how often it is opened and closed. */
async function agentWithPast(opening: () => Promise<void> = () => Promise.resolve()) {
  const agent = await startTestAgent();
  const counts = { opened: 0, closed: 0 };
  const past = { source: memoryJournal(), id: 'past', tornBytes: 0, isCutShort: false };
  agent.playground.sessions.open = async () => {
    counts.opened += 1;
    await opening();
    const close = () => Promise.resolve(void (counts.closed += 1));
    return { ...past, close };
  };
  return { agent, counts };
}

test('its commands are refused, and none reaches the agent', async () => {
  const { agent } = await agentWithPast();
  const link = await openLink(agent);
  link.hello({ session: 'past' });
  link.say({ type: 'command', id: 1, command: { type: 'close', socket: 1 } });
  await eventually(() => expect(link.messages).toHaveLength(2));
  expect(link.messages[1]).toMatchObject({
    type: 'reply',
    id: 1,
    outcome: { ok: false, problem: { code: 'recording' } },
  });
  expect(agent.playground.commands).toEqual([]);
});

test('its session is closed once it leaves, and not before', async () => {
  const { agent, counts } = await agentWithPast();
  const link = await openLink(agent);
  link.hello({ session: 'past' });
  await eventually(() => expect(link.messages).toHaveLength(1));
  expect(counts).toEqual({ opened: 1, closed: 0 });
  link.socket.close();
  await eventually(() => expect(counts).toEqual({ opened: 1, closed: 1 }));
});

test('so is one that was still being opened when it left', async () => {
  let open = (): void => undefined;
  const { agent, counts } = await agentWithPast(() => new Promise((resolve) => (open = resolve)));
  const link = await openLink(agent);
  link.hello({ session: 'past' });
  await eventually(() => expect(counts.opened).toBe(1));
  link.socket.terminate();
  await link.closed;
  // A round trip later the agent knows of it too.
  await agent.get('/healthz');
  open();
  await eventually(() => expect(counts).toEqual({ opened: 1, closed: 1 }));
});
