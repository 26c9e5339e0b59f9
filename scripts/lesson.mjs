// `npm run lesson -- <file> …` checks lessons: the file itself, and then every step against a real agent.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { startAgent } from './lib/agent-process.mjs';
import { ensureBuilt, orExplain } from './lib/ensure.mjs';
import { flagsAndFilesOf } from './lib/flags.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { inRoot } from './lib/root.mjs';
import { makeTempFolder } from './lib/temp-folder.mjs';

const usage = `Usage: npm run lesson -- [flags] <file> …

  --expose  with an agent that others may reach: steps which need that are done, not predicted

For example: npm run lesson -- web/lessons/36-echo.md`;

requireSupportedNode();
const { values, positionals } = flagsAndFilesOf({ expose: { type: 'boolean', default: false } }, usage);
const { expose } = values;
const files = positionals.map((file) => resolve(file));
if (files.length === 0) {
  console.error(`Which lesson?\n\n${usage}`);
  process.exit(1);
}
const missing = files.filter((file) => !existsSync(file));
if (missing.length > 0) {
  for (const file of missing) console.error(`There is no file ${file}.`);
  process.exit(1);
}

// Any agent that was built will do: lessons are no part of it.
const cli = inRoot('agent', 'dist', 'cli.mjs');
if (!existsSync(cli)) await orExplain(ensureBuilt);
// This needs what was just installed.
const { runnerImport } = await import('vite');

const { module } = await runnerImport(inRoot('agent', 'test', 'lessons', 'main.ts'), { logLevel: 'error' });
const data = makeTempFolder();
try {
  const agent = await startAgent(process.execPath, [
    ...[cli, '--port', '0', '--no-open', '--json', '--data', data.path],
    ...(expose ? ['--expose'] : []),
  ]);
  try {
    for (const file of files) await check(file, agent);
  } finally {
    await agent.stop();
  }
} finally {
  data.remove();
}

/**
 * @param {string} file
 * @param {import('./lib/agent-process.mjs').AgentProcess} agent
 */
async function check(file, agent) {
  const began = performance.now();
  const wrongs = await module.checkFile(file, { origin: agent.origin, token: agent.ready.token }, { expose });
  for (const wrong of wrongs) console.error(wrong);
  if (wrongs.length > 0) process.exitCode = 1;
  else console.log(`${file}: good, ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
