/** The command line as people run it: bundled once, started as a process of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import * as z from 'zod/mini';

const readyShape = z.strictObject({
  url: z.string(),
  port: z.int(),
  token: z.string(),
  pid: z.int(),
  session: z.nullable(z.string()),
  epoch: z.string(),
  started: z.string(),
});
export type ReadyLine = z.infer<typeof readyShape>;

export interface Cli {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  /** The exit code, or the name of the signal that ended it. */
  readonly exited: Promise<number | string | null>;
}

/** Bundles an entry of this folder for all tests of a file; answers where the bundle will be. */
export function bundled(entry: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'socket-playground-cli-'));
  const file = join(folder, 'cli.mjs');
  beforeAll(async () => {
    const bundle = await rolldown({
      input: join(import.meta.dirname, entry),
      platform: 'node',
      logLevel: 'silent',
    });
    await bundle.write({ file, codeSplitting: false });
    await bundle.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return file;
}

export function startCli(
  file: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Cli {
  return watch(process.execPath, [file, ...args], env);
}

/** The same with a stdout that takes nothing: write(2) fails with ENOSPC (full(4)). */
export function startMuteCli(file: string, args: readonly string[]): Cli {
  return watch('/bin/sh', ['-c', 'exec "$0" "$@" > /dev/full', process.execPath, file, ...args], {});
}

/** The same with room for so many open files, sockets included (getrlimit(2), RLIMIT_NOFILE). */
export function startCliWith(descriptors: number, file: string, args: readonly string[]): Cli {
  const limited = `ulimit -Sn ${descriptors} && ulimit -Hn ${descriptors} && exec "$0" "$@"`;
  return watch('/bin/sh', ['-c', limited, process.execPath, file, ...args], {});
}

/** The same, with a root that the permissions of files bind like anybody else (capabilities(7), setpriv(1)). */
export function startBoundCli(file: string, args: readonly string[]): Cli {
  const bound = '--bounding-set=-dac_override,-dac_read_search';
  return watch('setpriv', [bound, process.execPath, file, ...args], {});
}

function watch(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Cli {
  // Sessions of a test are kept in a folder of its own, unless it names one.
  const home = mkdtempSync(join(tmpdir(), 'socket-playground-data-'));
  const child = spawn(program, args, {
    env: { ...process.env, XDG_DATA_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const exited = once(child, 'close').then(
    ([code, signal]: (number | string | null)[]) => code ?? signal ?? null,
  );
  return { child, output, exited };
}

/** The first line on stdout. Fails when the process ends without one. */
export async function firstLine({ child, output, exited }: Cli): Promise<string> {
  while (!output.stdout.includes('\n')) {
    const ended = await Promise.race([
      exited.then(() => true),
      child.stdout && once(child.stdout, 'data').then(() => false),
    ]);
    if (ended && !output.stdout.includes('\n')) throw new Error(`no first line; stderr: ${output.stderr}`);
  }
  return output.stdout.slice(0, output.stdout.indexOf('\n'));
}

export const readyLineOf = async (cli: Cli): Promise<ReadyLine> =>
  readyShape.parse(JSON.parse(await firstLine(cli)));
