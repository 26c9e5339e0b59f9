/** A disk that does not answer holds nobody up for long who ends the agent. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bundled, startCli } from './cli.ts';
import { temporaryFolder } from './disk.ts';

const file = bundled('fixtures/held.ts');

/** A pipe that nobody reads: whoever opens it for writing waits (fifo(7)). */
function pipe(): string {
  const path = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

async function startHeld(path: string, ending: 'hangs' | 'ends') {
  const held = startCli(file, [path, ending]);
  if (held.child.stdout) await once(held.child.stdout, 'data');
  return held;
}

it.skipIf(process.platform === 'win32').each([{ ending: 'hangs' }, { ending: 'ends' }] as const)(
  'a signal ends the process after its time, when closing $ending',
  async ({ ending }) => {
    const { child, exited } = await startHeld(pipe(), ending);
    child.kill('SIGTERM');
    expect(await exited).toBe('SIGKILL');
  },
);

it.skipIf(process.platform === 'win32')('a disk that answers in time is waited for', async () => {
  const path = pipe();
  const { child, exited } = await startHeld(path, 'ends');
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(reader));
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
});
