/** An agent that may open only a few files: it says so, lives, and works again afterwards. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { expect, it, onTestFinished } from 'vitest';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { eventually } from './eventually.ts';
import { bundled, readyLineOf, startCliWith } from './cli.ts';

const file = bundled('../src/cli.ts');
const descriptors = 64;
const outcomeShape = z.looseObject({
  ok: z.boolean(),
  problem: z.optional(z.looseObject({ code: z.string() })),
  result: z.optional(
    z.looseObject({
      socket: z.optional(z.int()),
      local: z.optional(z.object({ host: z.string(), port: z.int() })),
    }),
  ),
});
type Outcome = z.infer<typeof outcomeShape>;
const replyShape = z.looseObject({ type: z.literal('reply'), id: z.int(), outcome: outcomeShape });

/** Commands go over a page's link: it is open already and needs no descriptor of its own. */
async function startPoorAgent() {
  const { port, token } = await readyLineOf(
    startCliWith(descriptors, file, ['--port', '0', '--no-open', '--json']),
  );
  const page = new WebSocket(`ws://127.0.0.1:${port}/ws`, { origin: `http://127.0.0.1:${port}` });
  onTestFinished(() => page.terminate());
  await once(page, 'open');
  page.send(JSON.stringify({ type: 'hello', token, protocol: protocolVersion }));
  const replies = new Map<number, (outcome: Outcome) => void>();
  page.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return;
    const reply = replyShape.safeParse(JSON.parse(data.toString()));
    if (reply.success) replies.get(reply.data.id)?.(reply.data.outcome);
  });
  let latest = 0;
  return {
    run: (command: Command) =>
      new Promise<Outcome>((resolve) => {
        const id = (latest += 1);
        replies.set(id, resolve);
        page.send(JSON.stringify({ type: 'command', id, command }));
      }),
  };
}

/** Takes every descriptor that is left, by connections to an echo server of the agent. */
async function callUntilSentAway(port: number): Promise<Socket[]> {
  const callers: Socket[] = [];
  onTestFinished(() => callers.forEach((caller) => caller.destroy()));
  for (let isFull = false; !isFull;) {
    const caller = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    callers.push(caller);
    caller.on('error', () => undefined);
    caller.write('x');
    const isServed = once(caller, 'data').then(() => true);
    const isSentAway = once(caller, 'end').then(() => false);
    isFull = !(await Promise.race([isServed, isSentAway]).catch(() => false));
  }
  return callers;
}

const serve = {
  type: 'serve',
  socketType: 'stream',
  host: '127.0.0.1',
  port: 0,
  behaviour: { name: 'echo' },
} as const;

it.skipIf(process.platform === 'win32')(
  'a crowd takes every descriptor: calls of every kind say EMFILE, leave nothing, and work once the crowd is gone',
  async () => {
    const agent = await startPoorAgent();
    const { result } = await agent.run(serve);
    const to = { host: '127.0.0.1', port: result?.local?.port ?? 0 };
    const callers = await callUntilSentAway(to.port);
    expect(callers.length).toBeGreaterThan(10);

    const calls: Command[] = [
      serve,
      { ...serve, socketType: 'dgram' },
      { type: 'dial', socketType: 'stream', ...to },
      { type: 'dial', socketType: 'dgram', ...to },
    ];
    for (const call of calls) {
      expect(await agent.run(call)).toMatchObject({ ok: false, problem: { code: 'EMFILE' } });
    }
    for (const caller of callers) caller.destroy();
    for (const call of calls)
      await eventually(async () => expect(await agent.run(call)).toMatchObject({ ok: true }));
  },
);

it.skipIf(process.platform === 'win32')(
  'whoever waits at a manual listener goes on waiting while no descriptor is left, and is taken afterwards',
  async () => {
    const agent = await startPoorAgent();
    const manual = await agent.run({ ...serve, accept: 'manual' });
    const socket = manual.result?.socket ?? 0;
    const waiting = [1, 2, 3].map(() =>
      connect({ host: '127.0.0.1', port: manual.result?.local?.port ?? 0 }),
    );
    onTestFinished(() => waiting.forEach((caller) => caller.destroy()));
    await Promise.all(waiting.map((caller) => once(caller, 'connect')));

    const automatic = await agent.run(serve);
    const crowd = await callUntilSentAway(automatic.result?.local?.port ?? 0);
    for (let tried = 0; tried < 2; tried += 1) {
      const refused = await agent.run({ type: 'accept', socket });
      expect(refused).toMatchObject({ ok: false, problem: { code: 'EMFILE' } });
    }
    for (const caller of crowd) caller.destroy();
    for (const caller of waiting) {
      const taken = async () =>
        expect(await agent.run({ type: 'accept', socket })).toMatchObject({ ok: true });
      await eventually(taken);
      caller.write('x');
      expect(String((await once(caller, 'data'))[0])).toBe('x');
    }
  },
);
