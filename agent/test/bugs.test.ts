import { expect, test } from 'vitest';
import { bundled, startCli } from './cli.ts';

const file = bundled('fixtures/buggy.ts');

test('an error that nobody caught is told and survived', async () => {
  const buggy = startCli(file, ['4']);
  expect(await buggy.exited).toBe(0);
  expect(buggy.output.stdout).toBe('alive\n');
  for (const message of ['thrown 0', 'rejected 1', 'thrown 2', 'rejected 3']) {
    expect(buggy.output.stderr).toContain(message);
  }
});

test('a storm of them ends the agent with 1', async () => {
  const buggy = startCli(file, ['100']);
  expect(await buggy.exited).toBe(1);
  expect(buggy.output.stdout).toBe('');
});
