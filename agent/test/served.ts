/** The agent as a process of its own, with a folder of sessions, and what reads from it. */
import { basename } from 'node:path';
import { onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { jsonEvent } from '@socket-playground/shared/events/event.ts';
import { sessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import type { SessionInfo } from '@socket-playground/shared/recording/session-info.ts';
import { gap } from '@socket-playground/shared/wire/messages.ts';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import { readyLineOf, startCli } from './cli.ts';
import type { Cli, ReadyLine } from './cli.ts';
import { openLink } from './link.ts';
import type { TestLink } from './link.ts';

export const line = z.union([jsonEvent, gap]);
const sessionsShape = z.strictObject({ sessions: z.array(sessionInfo) });
const servedShape = z.object({ result: z.object({ local: z.object({ port: z.int() }) }) });

export class ServedAgent {
  readonly cli: Cli;
  readonly ready: ReadyLine;

  constructor(cli: Cli, ready: ReadyLine) {
    this.cli = cli;
    this.ready = ready;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.ready.port}`;
  }

  /** The id of its session. */
  get session(): string {
    return basename(this.ready.session ?? '');
  }

  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${this.ready.token}` },
    });
  }

  command(body: object): Promise<Response> {
    return this.get('/api/commands', { method: 'POST', body: JSON.stringify(body) });
  }

  /** The port of a new TCP server with this behaviour. */
  async serve(behaviour: object = { name: 'echo' }): Promise<number> {
    const command = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0, behaviour };
    return servedShape.parse(await (await this.command(command)).json()).result.local.port;
  }

  async sessions(): Promise<SessionInfo[]> {
    return sessionsShape.parse(await (await this.get('/api/sessions')).json()).sessions;
  }

  /** The lines of one session, or of what is running. */
  async lines(path = `/api/sessions/current?format=json`): Promise<string[]> {
    return (await (await this.get(path)).text()).split('\n').slice(0, -1);
  }

  /** A page that has been welcomed and reads as fast as it can. */
  async page(fields: object = {}): Promise<TestLink> {
    const link = await openLink({ host: `127.0.0.1:${this.ready.port}`, origin: this.origin });
    link.say({ type: 'hello', token: this.ready.token, protocol: protocolVersion, ...fields });
    link.credit(plenty);
    link.socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary && link.socket.readyState === link.socket.OPEN) link.credit(Math.max(1, data.length));
    });
    return link;
  }

  /** Reads `/api/events?follow=1`: every line that came whole. */
  async follow(from = 1): Promise<Follower> {
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const response = await this.get(`/api/events?from=${from}&follow=1`, { signal: stop.signal });
    return new Follower(response);
  }

  kill(signal: NodeJS.Signals): Promise<number | string | null> {
    this.cli.child.kill(signal);
    return this.cli.exited;
  }
}

const plenty = 16 * 1024 * 1024;

export class Follower {
  readonly lines: string[] = [];
  readonly ended: Promise<void>;

  constructor({ body }: Response) {
    this.ended = this.#read(body);
  }

  async #read(body: Response['body']): Promise<void> {
    if (body === null) return;
    let rest = '';
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        const pieces = (rest + chunk).split('\n');
        rest = pieces.pop() ?? '';
        this.lines.push(...pieces);
      }
    } catch {
      // The agent was killed, or the test is over.
    }
  }
}

export async function serveAgent(
  file: string,
  data: string,
  args: readonly string[] = [],
  start: (file: string, args: readonly string[]) => Cli = startCli,
): Promise<ServedAgent> {
  const cli = start(file, ['--port', '0', '--no-open', '--json', '--data', data, ...args]);
  return new ServedAgent(cli, await readyLineOf(cli));
}
