import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { protocolVersion } from '@socket-playground/shared/wire/version.ts';
import agent from '../package.json' with { type: 'json' };
import { eventually } from './eventually.ts';
import { bundled, firstLine, readyLineOf, startCli, startCliWith, startMuteCli } from './cli.ts';
import type { ReadyLine } from './cli.ts';
import { readToEnd } from './raw.ts';

const file = bundled('../src/cli.ts');
const quietly = ['--port', '0', '--no-open', '--json'];
const cli = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startCli(file, args, env);

const command = (ready: ReadyLine, body: object) =>
  fetch(`http://127.0.0.1:${ready.port}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ready.token}` },
    body: JSON.stringify(body),
  });

describe('what it prints', () => {
  test('--help names every flag and exits 0', async () => {
    const help = cli(['--help']);
    expect(await help.exited).toBe(0);
    for (const flag of [
      '--port',
      '--host',
      '--no-open',
      '--json',
      '--allow',
      '--expose',
      '--origin',
      '--help',
      '--version',
    ]) {
      expect(help.output.stdout).toContain(flag);
    }
    expect(help.output.stderr).toBe('');
  });

  test('--version prints the version and exits 0', async () => {
    const version = cli(['--version']);
    expect(await version.exited).toBe(0);
    expect(version.output.stdout).toBe(`${agent.version}\n`);
  });

  test('with --json the first line is everything a program needs', async () => {
    const started = cli(quietly);
    const ready = await readyLineOf(started);
    expect(ready.url).toBe(`http://127.0.0.1:${ready.port}/#token=${ready.token}`);
    expect(ready.token).toMatch(/^[\w-]{43}$/);
    expect(ready.pid).toBe(started.child.pid);
    const response = await fetch(`http://127.0.0.1:${ready.port}/api/events`, {
      headers: { authorization: `Bearer ${ready.token}` },
    });
    expect(response.headers.get('epoch')).toBe(ready.epoch);
    expect(response.headers.get('started')).toBe(ready.started);
    expect(ready.session === null ? null : statSync(ready.session).mode & 0o777).toBe(0o600);
    started.child.kill('SIGTERM');
    expect(await started.exited).toBe(0);
    expect(started.output.stdout.split('\n')).toHaveLength(2);
    expect(started.output.stderr).toBe('');
  });

  test.skipIf(!existsSync('/dev/full'))(
    'with --json a ready line that cannot be written ends it: nobody else has the token',
    async () => {
      const mute = startMuteCli(file, quietly);
      expect(await mute.exited).toBe(1);
      expect(mute.output.stderr).toMatch(/ready line cannot be written to stdout: ENOSPC/);
    },
  );

  test.skipIf(!existsSync('/dev/full')).each(['--help', '--version'])(
    '%s that cannot be written exits 1, without a trace of the program',
    async (flag) => {
      const mute = startMuteCli(file, [flag]);
      expect(await mute.exited).toBe(1);
      expect(mute.output.stderr).toBe('');
    },
  );

  test('without --json the first line is a sentence with the link', async () => {
    expect(await firstLine(cli(['--port', '0', '--no-open']))).toMatch(
      /^Socket Playground .* http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/,
    );
  });

  test('each run has a token of its own', async () => {
    const [one, two] = await Promise.all([readyLineOf(cli(quietly)), readyLineOf(cli(quietly))]);
    expect(one.token).not.toBe(two.token);
    expect(one.epoch).not.toBe(two.epoch);
  });
});

describe('mistakes', () => {
  test.each([
    [['--bogus'], '--bogus'],
    [['--port', 'http'], '--port should be a port number'],
    [['--host', '0.0.0.0'], '--host should be a loopback address'],
    [['--allow', 'everything'], '--allow should be a network'],
    [['--origin', 'nowhere'], '--origin should be'],
  ])('%j exits 2 and says what is expected', async (args, message) => {
    const mistaken = cli(args);
    expect(await mistaken.exited).toBe(2);
    expect(mistaken.output.stderr).toContain(message);
    expect(mistaken.output.stdout).toBe('');
  });

  test('terminal escapes in what is quoted are shown, not obeyed', async () => {
    const mistaken = cli(['--port', '\x1b[31mred\x07\u009b\u202egnp.exe']);
    expect(await mistaken.exited).toBe(2);
    // eslint-disable-next-line no-control-regex -- exactly these must not come through
    expect(mistaken.output.stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    expect(mistaken.output.stderr).toContain(String.raw`\x1b[31mred\x07`);
  });
});

describe('the port of the page', () => {
  test('in use: exit 1 with a clear problem, never another port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const port = portOf(taken.address());
    const data = mkdtempSync(join(tmpdir(), 'cli-test-'));
    onTestFinished(() => rmSync(data, { recursive: true, force: true }));
    const refused = cli(['--port', String(port), '--no-open', '--json', '--data', data]);
    expect(await refused.exited).toBe(1);
    expect(readdirSync(data)).toEqual([]);
    expect(refused.output.stderr).toContain(`127.0.0.1:${port} is in use`);
    expect(refused.output.stderr).toContain('--port');
    expect(refused.output.stdout).toBe('');
  });

  test('--host takes another loopback address, and the link says so', async () => {
    const ready = await readyLineOf(cli([...quietly, '--host', '::1']));
    expect(ready.url).toBe(`http://[::1]:${ready.port}/#token=${ready.token}`);
    expect((await fetch(`http://[::1]:${ready.port}/healthz`)).status).toBe(200);
  });

  test('--origin adds one Host and Origin', async () => {
    const ready = await readyLineOf(cli([...quietly, '--origin', 'http://localhost:9000']));
    const statusFor = async (host: string) => {
      const socket = connect(ready.port, '127.0.0.1');
      socket.end(
        `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nConnection: close\r\n\r\n`,
      );
      return (await readToEnd(socket)).status;
    };
    expect(await statusFor('localhost:9000')).toBe(200);
    expect(await statusFor('localhost:9001')).toBe(421);
  });

  test('is reserved: no socket may bind it or call it', async () => {
    const ready = await readyLineOf(cli(quietly));
    for (const type of ['serve', 'dial']) {
      const response = await command(ready, {
        type,
        socketType: 'stream',
        host: '127.0.0.1',
        port: ready.port,
      });
      expect([type, response.status, (await response.text()).includes('policy-self')]).toEqual([
        type,
        403,
        true,
      ]);
    }
  });
});

describe('the end', () => {
  /** Everything that could hold an agent up: half-open peers, a mute page, a follower, a silent connection. */
  async function burdened() {
    const started = cli(quietly);
    const ready = await readyLineOf(started);
    const served = await command(ready, { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0 });
    const port = Number(/"port":(\d+)/.exec(await served.text())?.[1]);
    const peer = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const farewell = new Promise<string>((resolve) => {
      peer.resume().once('end', () => resolve('FIN'));
      peer.once('error', () => resolve('RST'));
    });
    const silent = connect(ready.port, '127.0.0.1');
    for (const socket of [peer, silent]) {
      socket.on('error', () => undefined);
      await once(socket, 'connect');
    }
    const page = new WebSocket(`ws://127.0.0.1:${ready.port}/ws`, {
      origin: `http://127.0.0.1:${ready.port}`,
    });
    await once(page, 'open');
    page.send(JSON.stringify({ type: 'hello', token: ready.token, protocol: protocolVersion }));
    await once(page, 'message');
    page.on('error', () => undefined);
    page.pause();
    const follower = await fetch(`http://127.0.0.1:${ready.port}/api/events?follow=1`, {
      headers: { authorization: `Bearer ${ready.token}` },
    });
    onTestFinished(() => {
      peer.destroy();
      silent.destroy();
      page.terminate();
    });
    return { started, port, follower, farewell };
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s closes every socket and exits 0, whoever does not let go',
    async (signal) => {
      const { started, port, follower, farewell } = await burdened();
      started.child.kill(signal);
      expect(await farewell).toBe('FIN');
      expect(await started.exited).toBe(0);
      const lines = (await follower.text()).trim().split('\n');
      expect(lines.at(-1)).toContain('"type":"closed"');
      expect(lines.filter((line) => line.includes('"closed"'))).toHaveLength(2);
      const server = createTcpServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      server.close();
    },
  );

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    '%s: whoever waits at a manual listener is sent away, and its port is free',
    async (signal) => {
      const started = cli(quietly);
      const manual = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0, accept: 'manual' };
      const served = await command(await readyLineOf(started), manual);
      const port = Number(/"port":(\d+)/.exec(await served.text())?.[1]);
      const waiting = connect({ port, host: '127.0.0.1' });
      await once(waiting, 'connect');
      const sentAway = once(waiting, 'error');
      started.child.kill(signal);
      await started.exited;
      expect((await sentAway)[0]).toMatchObject({ code: 'ECONNRESET' });
      const server = createTcpServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      server.close();
    },
  );

  test.each(['SIGINT', 'SIGTERM'])(
    '%s before it is ready exits 0 and leaves no session behind',
    async (signal) => {
      const data = mkdtempSync(join(tmpdir(), 'socket-playground-early-'));
      onTestFinished(() => rmSync(data, { recursive: true, force: true }));
      // As soon as the file of the session is there.
      const early = `
      import disk from 'node:fs/promises';
      import { syncBuiltinESMExports } from 'node:module';
      const { open } = disk;
      disk.open = async (...how) => {
        const file = await open(...how);
        if (how[1] === 'wx') process.kill(process.pid, '${signal}');
        return file;
      };
      syncBuiltinESMExports();`;
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(early)}`;
      const { exited, output } = cli([...quietly, '--data', data], { NODE_OPTIONS });
      expect(await exited).toBe(0);
      expect(output).toEqual({ stdout: '', stderr: '' });
      expect(readdirSync(data)).toEqual([]);
    },
  );

  test('a second signal exits at once, and not with 0', async () => {
    const { started } = await burdened();
    started.child.kill('SIGINT');
    started.child.kill('SIGTERM');
    expect([130, 143]).toContain(await started.exited);
  });

  test('a reader of stdout that leaves does not end the agent', async () => {
    const started = cli(quietly);
    const ready = await readyLineOf(started);
    started.child.stdout?.destroy();
    expect((await fetch(`http://127.0.0.1:${ready.port}/healthz`)).status).toBe(200);
  });
});

test.skipIf(process.platform === 'win32')(
  'out of descriptors: the agent lives, attached pages stay, the problem is shown',
  async () => {
    const started = startCliWith(64, file, quietly);
    const ready = await readyLineOf(started);
    const page = new WebSocket(`ws://127.0.0.1:${ready.port}/ws`, {
      origin: `http://127.0.0.1:${ready.port}`,
    });
    onTestFinished(() => page.terminate());
    const said: string[] = [];
    page.on('message', (data: Buffer) => said.push(data.toString()));
    await once(page, 'open');
    page.send(JSON.stringify({ type: 'hello', token: ready.token, protocol: protocolVersion }));
    const serve = (id: number) => {
      const command = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0 };
      page.send(JSON.stringify({ type: 'command', id, command }));
      return eventually(() => {
        const reply = said.find((message) => message.includes(`"id":${id},`));
        if (reply === undefined) throw new Error('no reply yet');
        return reply;
      });
    };

    const crowd = Array.from({ length: 200 }, () =>
      connect(ready.port, '127.0.0.1').on('error', () => undefined),
    );
    onTestFinished(() => crowd.forEach((socket) => socket.destroy()));
    await eventually(() => expect(crowd.some((socket) => socket.closed)).toBe(true));
    expect(started.output.stderr).toContain('"code":"few-descriptors"');
    let id = 1;
    for (let reply = ''; !reply.includes('"code":"EMFILE"'); id += 1) reply = await serve(id);
    for (const socket of crowd) socket.destroy();
    await eventually(async () =>
      expect((await fetch(`http://127.0.0.1:${ready.port}/healthz`)).status).toBe(200),
    );
    expect(await serve(id)).toContain('"ok":true');
    expect(page.readyState).toBe(page.OPEN);
  },
);

describe('opening the browser', () => {
  /** A folder with an `xdg-open` that writes down what it was given and stays as long as the folder. */
  function fakeBrowser() {
    const folder = mkdtempSync(join(tmpdir(), 'fake-browser-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const log = join(folder, 'opened');
    const script = join(folder, 'xdg-open');
    writeFileSync(
      script,
      `#!/bin/sh\nprintf '%s' "$*" > '${log}.part'\nmv '${log}.part' '${log}'\nwhile [ -e '${log}' ]; do sleep 0.1; done\n`,
    );
    chmodSync(script, 0o755);
    return { log, env: { PATH: `${folder}:${process.env.PATH ?? ''}`, TMPDIR: folder } };
  }

  const commandLines = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          return [readFileSync(`/proc/${pid}/cmdline`, 'latin1')];
        } catch {
          return [];
        }
      });

  test.skipIf(process.platform !== 'linux')(
    'token in a process list: it is in no command line, and the launch page is gone at the end',
    async () => {
      const browser = fakeBrowser();
      const started = cli(['--port', '0', '--json'], browser.env);
      const ready = await readyLineOf(started);
      await eventually(() => expect(existsSync(browser.log)).toBe(true));
      const opened = readFileSync(browser.log, 'utf8');
      expect(commandLines().filter((line) => line.includes(ready.token))).toEqual([]);
      expect(commandLines().some((line) => line.includes(opened))).toBe(true);
      const path = fileURLToPath(opened);
      expect(readFileSync(path, 'utf8')).toContain(ready.url);
      started.child.kill('SIGTERM');
      expect(await started.exited).toBe(0);
      expect(existsSync(path)).toBe(false);
    },
  );

  test.skipIf(process.platform !== 'linux')('without any browser the agent says so and runs', async () => {
    const started = cli(['--port', '0', '--json'], { PATH: '/nowhere' });
    const ready = await readyLineOf(started);
    await eventually(() => expect(started.output.stderr).toContain('No browser could be opened'));
    expect((await fetch(`http://127.0.0.1:${ready.port}/healthz`)).status).toBe(200);
  });
});

function portOf(address: string | { port: number } | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
