/** Programs nobody here wrote, run for one test and ended with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface Ended {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const patienceMs = 20_000;

export class Program {
  readonly #child;
  readonly #name: string;
  readonly #exited: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #stdout = Buffer.alloc(0);
  #stderr = '';

  constructor(command: string, args: readonly string[]) {
    this.#name = [command, ...args].join(' ').slice(0, 200);
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#exited = once(this.#child, 'close').then(() => undefined);
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#stdout = Buffer.concat([this.#stdout, chunk]);
      this.#poke();
    });
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString();
      this.#poke();
    });
    // It may end before it has read what it is told.
    this.#child.stdin.on('error', () => undefined);
    onTestFinished(() => this.stop());
  }

  get stdout(): Buffer {
    return this.#stdout;
  }

  /** Writes to its standard input. */
  type(data: string | Uint8Array): this {
    this.#child.stdin.write(data);
    return this;
  }

  /** Ends its standard input. */
  eof(data: string | Uint8Array = ''): this {
    this.#child.stdin.end(data);
    return this;
  }

  /** Resolves once its output fits. */
  async prints(fits: (stdout: Buffer) => boolean): Promise<Buffer> {
    await this.#until(() => fits(this.#stdout));
    return this.#stdout;
  }

  /** Resolves once its standard error matches. */
  async complains(words: RegExp): Promise<string> {
    await this.#until(() => words.test(this.#stderr));
    return words.exec(this.#stderr)?.[1] ?? '';
  }

  printsText(text: string): Promise<Buffer> {
    return this.prints((stdout) => stdout.includes(text));
  }

  /** Waits until it ends by itself. */
  async ended(): Promise<Ended> {
    await this.#within(this.#exited);
    return { code: this.#child.exitCode, stdout: this.#stdout, stderr: this.#stderr };
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #poke(): void {
    for (const check of [...this.#waiting]) check();
  }

  #until(holds: () => boolean): Promise<void> {
    const held = new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
    return this.#within(held);
  }

  async #within(promise: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const about = () => `${this.#name}\nstdout: ${this.#stdout.length} bytes\nstderr: ${this.#stderr}`;
      timer = setTimeout(() => reject(new Error(`It took too long: ${about()}`)), patienceMs);
    });
    try {
      await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

export const start = (command: string, ...args: readonly (string | number)[]): Program =>
  new Program(command, args.map(String));

/** A Python program; what it is given arrives as `sys.argv[1:]`. */
export const python = (script: string, ...args: readonly (string | number)[]): Program =>
  start('python3', '-c', `import socket, struct, sys, threading\n${script}`, ...args);

/** The port a program printed on its first line. */
export async function printedPort(program: Program): Promise<number> {
  const stdout = await program.prints((text) => text.includes('\n'));
  return Number(stdout.toString().split('\n')[0]);
}
