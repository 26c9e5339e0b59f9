/** An agent that may open only a few files: it says so, lives, sends nobody away unseen, and works again afterwards. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { eventually } from './eventually.ts';
import { bundled, readyLineOf, startCliWith } from './cli.ts';
import { ServedAgent } from './served.ts';

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

/** Commands go over a page's link: it is open already and needs no descriptor of its own. */
async function startPoorAgent() {
  const cli = startCliWith(descriptors, file, ['--port', '0', '--no-open', '--json']);
  const page = await new ServedAgent(cli, await readyLineOf(cli)).page();
  let latest = 0;
  const run = (command: Command): Promise<Outcome> => {
    const id = (latest += 1);
    page.say({ type: 'command', id, command });
    return eventually(() => {
      const reply = page.messages.find((message) => message.type === 'reply' && message.id === id);
      if (reply?.type !== 'reply') throw new Error('no reply yet');
      return outcomeShape.parse(reply.outcome);
    });
  };
  return { run, page };
}
type PoorAgent = Awaited<ReturnType<typeof startPoorAgent>>;

const serve = {
  type: 'serve',
  socketType: 'stream',
  host: '127.0.0.1',
  port: 0,
  behaviour: { name: 'echo' },
} as const;

/** So many callers of this port, each of which has said something. */
async function call(port: number, many: number): Promise<Socket[]> {
  const callers = Array.from({ length: many }, () => connect({ host: '127.0.0.1', port }));
  onTestFinished(() => callers.forEach((caller) => caller.destroy()));
  await Promise.all(callers.map((caller) => once(caller, 'connect')));
  for (const caller of callers) caller.write('x');
  return callers;
}

const heldOf = ({ page }: PoorAgent, socket: number | undefined) =>
  page.events.filter(
    (event) => event.socket === socket && event.type === 'failed' && event.code === 'accept-held',
  );

/** Takes every descriptor there is: callers take most, the agent's own sockets what is spared. Answers with how to end it. */
async function takeAll(agent: PoorAgent): Promise<() => Promise<void>> {
  const { result } = await agent.run(serve);
  const callers = await call(result?.local?.port ?? 0, descriptors);
  await eventually(() => expect(heldOf(agent, result?.socket)).toHaveLength(1));
  const own: number[] = [];
  // One refusal does not tell: a look into /proc may have the last descriptor for a moment.
  for (let refusals = 0; refusals < 5;) {
    const { ok, problem, result: opened } = await agent.run({ ...serve, socketType: 'dgram' });
    if (ok) own.push(opened?.socket ?? 0);
    else expect(problem?.code).toBe('EMFILE');
    refusals = ok ? 0 : refusals + 1;
  }
  return async () => {
    for (const caller of callers) caller.destroy();
    for (const socket of own) await agent.run({ type: 'close', socket });
  };
}

describe.skipIf(process.platform !== 'linux')('out of descriptors', () => {
  it('nobody is sent away: the listener says that callers wait, and takes each as soon as it can', async () => {
    const agent = await startPoorAgent();
    const crowded = (await agent.run(serve)).result;
    const quiet = (await agent.run(serve)).result;
    const callers = await call(crowded?.local?.port ?? 0, 150);
    for (const listener of [crowded, quiet]) {
      await eventually(() => expect(heldOf(agent, listener?.socket)).toHaveLength(1));
    }
    expect(heldOf(agent, crowded?.socket)).toMatchObject([
      { during: 'accept', errno: null, hint: expect.stringContaining('ulimit -n') as string },
    ]);
    const late = await agent.run(serve);
    expect(late.ok).toBe(true);
    await eventually(() => expect(heldOf(agent, late.result?.socket)).toHaveLength(1));

    const answers = callers.map(async (caller) => {
      const received: unknown[] = await once(caller, 'data');
      caller.destroy();
      return String(received[0]);
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['x']));
    const accepted = () => agent.page.events.filter(({ type }) => type === 'accepted');
    await eventually(() => expect(accepted()).toHaveLength(callers.length));
    for (const listener of [crowded, quiet, late.result]) {
      const [caller] = await call(listener?.local?.port ?? 0, 1);
      expect(String((caller && (await once(caller, 'data')))?.[0])).toBe('x');
    }
  });

  it('calls of every kind say EMFILE, leave nothing, and work once there is room', async () => {
    const agent = await startPoorAgent();
    const { result } = await agent.run(serve);
    const to = { host: '127.0.0.1', port: result?.local?.port ?? 0 };
    const giveBack = await takeAll(agent);
    const calls: Command[] = [
      serve,
      { ...serve, socketType: 'dgram' },
      { type: 'dial', socketType: 'stream', ...to },
      { type: 'dial', socketType: 'dgram', ...to },
    ];
    for (const made of calls) {
      expect(await agent.run(made)).toMatchObject({ ok: false, problem: { code: 'EMFILE' } });
    }
    await giveBack();
    for (const made of calls)
      await eventually(async () => expect(await agent.run(made)).toMatchObject({ ok: true }));
  });

  it('whoever waits at a manual listener goes on waiting while no descriptor is left, and is taken afterwards', async () => {
    const agent = await startPoorAgent();
    const manual = (await agent.run({ ...serve, accept: 'manual' })).result;
    const socket = manual?.socket ?? 0;
    const waiting = await call(manual?.local?.port ?? 0, 3);

    const giveBack = await takeAll(agent);
    for (let tried = 0; tried < 2; tried += 1) {
      const refused = await agent.run({ type: 'accept', socket });
      expect(refused).toMatchObject({ ok: false, problem: { code: 'EMFILE' } });
    }
    await giveBack();
    for (const caller of waiting) {
      const echoed = once(caller, 'data');
      const taken = async () =>
        expect(await agent.run({ type: 'accept', socket })).toMatchObject({ ok: true });
      await eventually(taken);
      expect(String((await echoed)[0])).toBe('x');
    }
  });
});
