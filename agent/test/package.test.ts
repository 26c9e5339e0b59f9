import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { startAgent } from '../../scripts/lib/agent-process.mjs';

const exec = promisify(execFile);
const agentFolder = join(import.meta.dirname, '..');

describe('the package, installed from its tarball into an empty folder', () => {
  let folder: string;
  let bin: string;

  beforeAll(async () => {
    if (!existsSync(join(agentFolder, 'dist', 'page', 'index.html'))) {
      throw new Error('The package is made of what is built: run `npm run build` first.');
    }
    folder = await mkdtemp(join(tmpdir(), 'socket-playground-package-'));
    bin = join(folder, 'node_modules', '.bin', 'socket-playground');
    await exec('npm', ['pack', '--pack-destination', folder], { cwd: agentFolder });
    const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? 'no tarball';
    // Offline: it must want nothing from anywhere.
    await exec('npm', ['install', '--offline', '--no-save', join(folder, tarball)], { cwd: folder });
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('brings no dependencies', async () => {
    const installed = await readdir(join(folder, 'node_modules'));
    expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['socket-playground']);
  });

  it('says its version through npx', async () => {
    const { stdout } = await exec('npx', ['--no', '--', 'socket-playground', '--version'], { cwd: folder });
    expect(stdout).toContain(manifest.version);
  });

  it('serves the page, answers for its health and ends with 0 on SIGTERM', async () => {
    const agent = await startAgent(bin, ['--port', '0', '--no-open', '--json'], { cwd: folder });
    try {
      const page = await fetch(agent.origin);
      expect(page.status).toBe(200);
      const script = /<script[^>]* src="([^"]+)"/.exec(await page.text())?.[1];
      expect((await fetch(new URL(script ?? 'none', agent.origin))).headers.get('content-type')).toMatch(
        /javascript/,
      );
      expect((await fetch(new URL('/healthz', agent.origin))).status).toBe(200);
    } finally {
      expect(await agent.stop()).toBe(0);
    }
  });
});
