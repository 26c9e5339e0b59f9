import { expect, it } from 'vitest';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { openEcho } from './model.ts';

function agent(codes: readonly (string | null)[]) {
  const ports: number[] = [];
  const run = (command: Command): Promise<Outcome> => {
    const code = codes[ports.length] ?? null;
    if (command.type === 'serve') ports.push(command.port);
    return Promise.resolve(
      code === null
        ? { ok: true, result: { socket: 1 } }
        : { ok: false, problem: { code, message: '', hint: '' } },
    );
  };
  return { ports, run };
}

it('opens on its usual port', async () => {
  const { ports, run } = agent([null]);
  expect(await openEcho(run)).toEqual({ ok: true, socket: 1 });
  expect(ports).toEqual([8888]);
});

it('takes any free port when that one is taken', async () => {
  const { ports, run } = agent(['EADDRINUSE', null]);
  expect(await openEcho(run)).toEqual({ ok: true, socket: 1 });
  expect(ports).toEqual([8888, 0]);
});

it('tells every other problem', async () => {
  const { ports, run } = agent(['EMFILE']);
  expect(await openEcho(run)).toMatchObject({ ok: false, problem: { code: 'EMFILE' } });
  expect(ports).toEqual([8888]);
});
