import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inRoot } from './root.mjs';

/** @param {string} script @param {string} flag */
const run = (script, flag) =>
  spawnSync(process.execPath, [inRoot('scripts', script), flag], { encoding: 'utf8' });

describe.each(['bench.mjs', 'soak.mjs', 'test.mjs'])('the flags of %s', (script) => {
  it('--help says how to use it, and nothing is run', () => {
    const { status, stdout, stderr } = run(script, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: npm .*--only/s);
    expect(stderr).toBe('');
  });

  it('a flag that it does not have is named, with those it has', () => {
    const { status, stdout, stderr } = run(script, '--onyl');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Unknown option '--onyl'.*Usage: npm/s);
    expect(stdout).toBe('');
  });
});
