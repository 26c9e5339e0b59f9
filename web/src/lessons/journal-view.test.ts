import { expect, it } from 'vitest';
import { JournalView } from './journal-view.ts';
import { FakeAgent } from './testing/fake-agent.ts';

/** A visitor says this to a server; the number of the event. */
async function heard(agent: FakeAgent, text: string): Promise<number> {
  const served = await agent.store.run({ type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0 });
  const socket = served.ok ? Number(served.result.socket) : 0;
  const port = agent.store.sockets.table.get(socket)?.local?.port ?? 0;
  agent.hear(agent.visit(port), text);
  return agent.store.journal.lastSeq;
}

const textOf = (bytes: Uint8Array | null) => bytes && new TextDecoder().decode(bytes);

it('does not take a payload of the run before for one of this', async () => {
  const agent = new FakeAgent();
  const view = new JournalView(agent.store);
  const before = 'a'.repeat(300);
  const seq = await heard(agent, before);
  await view.fetch([seq]);
  expect(textOf(view.payload(seq))).toBe(before);
  agent.restart();
  const now = 'b'.repeat(300);
  expect(await heard(agent, now)).toBe(seq);
  expect(view.payload(seq)).toBeNull();
  await view.fetch([seq]);
  expect(textOf(view.payload(seq))).toBe(now);
});
