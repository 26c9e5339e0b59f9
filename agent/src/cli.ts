#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import agent from '../package.json' with { type: 'json' };
import { parseFlags } from './cli/flags.ts';
import { complain, outliveReaders, say, write } from './cli/print.ts';
import { run } from './cli/run.ts';
import { usage } from './cli/usage.ts';

const unsaid = 1;
const misused = 2;

/** Beside the bundle; in the sources there is none. */
function findPage(): string | null {
  const folder = fileURLToPath(new URL('page', import.meta.url));
  return existsSync(folder) ? folder : null;
}

/** Whoever asked did not get the answer. */
function answered(error: Error | null): void {
  if (error !== null) process.exitCode = unsaid;
}

outliveReaders();
const invocation = parseFlags(process.argv.slice(2));
switch (invocation.kind) {
  case 'help':
    answered(await write(usage));
    break;
  case 'version':
    answered(await say(agent.version));
    break;
  case 'mistake':
    complain(invocation.message);
    process.exitCode = misused;
    break;
  case 'run':
    await run(invocation.flags, { version: agent.version, pageRoot: findPage() });
}
