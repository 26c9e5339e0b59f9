#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import agent from '../package.json' with { type: 'json' };
import { parseFlags } from './cli/flags.ts';
import { complain, say } from './cli/print.ts';
import { run } from './cli/run.ts';
import { usage } from './cli/usage.ts';

const misused = 2;

/** Beside the bundle; in the sources there is none. */
function findPage(): string | null {
  const folder = fileURLToPath(new URL('page', import.meta.url));
  return existsSync(folder) ? folder : null;
}

const invocation = parseFlags(process.argv.slice(2));
switch (invocation.kind) {
  case 'help':
    process.stdout.write(usage);
    break;
  case 'version':
    await say(agent.version);
    break;
  case 'mistake':
    complain(invocation.message);
    process.exitCode = misused;
    break;
  case 'run':
    await run(invocation.flags, { version: agent.version, pageRoot: findPage() });
}
