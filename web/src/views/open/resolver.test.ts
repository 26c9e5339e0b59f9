import { expect, it } from 'vitest';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { Resolver } from './resolver.svelte.ts';

it('a name is looked up each time it was typed, and not by merely leaving its field', async () => {
  const asked: Command[] = [];
  const addresses = [{ host: '127.0.0.1', family: 'inet' }];
  const resolver = new Resolver((command) => {
    asked.push(command);
    return Promise.resolve({ ok: true, result: { addresses } });
  });
  await resolver.lookUp('localhost');
  await resolver.lookUp('localhost');
  expect(asked).toHaveLength(1);
  expect(resolver.addressOf('localhost')).toBe('127.0.0.1');
  resolver.typed();
  await resolver.lookUp('localhost');
  expect(asked).toHaveLength(2);
  resolver.typed();
  await resolver.lookUp('127.0.0.1');
  expect(asked).toHaveLength(2);
});
