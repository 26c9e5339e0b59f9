import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chosenBy } from './flags.mjs';
import { inRoot } from './root.mjs';

/** @param {string} script @param {string} flag */
const run = (script, flag) =>
  spawnSync(process.execPath, [inRoot('scripts', script), flag], { encoding: 'utf8' });

const scripts = ['bench.mjs', 'soak.mjs', 'test.mjs', 'lesson.mjs', 'screenshots.mjs'];

describe.each(scripts)('the flags of %s', (script) => {
  it('--help says how to use it, and nothing is run', () => {
    const { status, stdout, stderr } = run(script, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: npm /);
    expect(stderr).toBe('');
  });

  it('a flag that it does not have is named, with those it has', () => {
    const { status, stdout, stderr } = run(script, '--onyl');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Unknown option '--onyl'.*Usage: npm/s);
    expect(stdout).toBe('');
  });
});

it('a lesson that is not there is named, and nothing is run', () => {
  const { status, stdout, stderr } = run('lesson.mjs', 'web/lessons/none.md');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^There is no file \S*none\.md\.\n$/);
  expect(stdout).toBe('');
});

describe('what --only names', () => {
  const all = [{ name: 'echo' }, { name: 'ping' }, { name: 'udp' }];

  afterEach(() => vi.restoreAllMocks());

  it('comes in the order there is, and without it comes all', () => {
    expect(chosenBy('udp,echo', all, 'run')).toEqual([{ name: 'echo' }, { name: 'udp' }]);
    expect(chosenBy(undefined, all, 'run')).toEqual(all);
  });

  it('ends the script where there is none of that name', () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${String(code)}`);
    });
    expect(() => chosenBy('pong,udp', all, 'run')).toThrow('exit 1');
    expect(said).toHaveBeenCalledWith('No such run: pong. There are: echo, ping, udp');
  });
});
