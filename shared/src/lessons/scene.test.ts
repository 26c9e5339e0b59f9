import { describe, expect, it } from 'vitest';
import { lessonOf } from '../../test/lesson-conduct.ts';
import { done, refused } from '../../test/lesson-stage.ts';
import type { Command } from '../commands/verbs.ts';
import type { SocketEvent } from '../events/event.ts';
import type { Outcome } from '../wire/messages.ts';
import type { Lesson } from './lesson.ts';
import { leaveScene, makeScene, reactionTo } from './scene.ts';

const host = '127.0.0.1';
const about = { vars: {}, machine: { name: 'here', platform: 'linux' }, can: ['manualAccept'] } as const;
const withScene = (scene: Lesson['scene']): Lesson => ({
  ...lessonOf({ check: [{ see: 'opened' }] }),
  scene,
});

/** An agent that opens one socket after the other; `taken` ports are not to be had. */
function agent(taken: readonly number[] = []) {
  const commands: Command[] = [];
  let sockets = 0;
  const run = (command: Command): Promise<Outcome> => {
    commands.push(command);
    if (!['serve', 'dial', 'socket', 'bind'].includes(command.type)) return Promise.resolve(done());
    const asked = 'port' in command ? command.port : 0;
    if (taken.includes(asked)) return Promise.resolve(refused('EADDRINUSE'));
    const socket = command.type === 'bind' ? {} : { socket: (sockets += 1) };
    const port = asked === 0 ? 40_000 + sockets : asked;
    return Promise.resolve(
      done({ ...socket, ...(command.type === 'socket' ? {} : { local: { host, port } }) }),
    );
  };
  return { commands, run };
}

describe('a scene', () => {
  it('is made in order, and later entries know the earlier', async () => {
    const { run, commands } = agent();
    const lesson = withScene({ srv: { serve: 'stream', readSize: 1024 }, ann: { dial: '$srv' } });
    expect(await makeScene(lesson, about, run)).toEqual({
      ok: true,
      scene: {
        srv: { socket: 1, address: { host, port: 40_001 } },
        ann: { socket: 2, address: { host, port: 40_001 } },
      },
    });
    expect(commands).toMatchObject([
      { type: 'serve' },
      { type: 'setsockopt', socket: 1, option: 'readSize', value: 1024 },
      { type: 'dial', port: 40_001 },
    ]);
  });

  it('is closed again when one of its sockets cannot be made, and says why', async () => {
    const { run, commands } = agent([8888]);
    const lesson = withScene({ one: { serve: 'stream' }, two: { serve: 'stream', port: 8888 } });
    expect(await makeScene(lesson, about, run)).toMatchObject({ ok: false, problem: { code: 'EADDRINUSE' } });
    expect(commands.at(-1)).toEqual({ type: 'close', socket: 1, connections: true });
  });

  it('leaves no socket behind that could not be bound', async () => {
    const { run, commands } = agent([8888]);
    const made = await makeScene(withScene({ box: { bind: 'dgram', port: 8888 } }), about, run);
    expect(made).toMatchObject({ ok: false, problem: { code: 'EADDRINUSE' } });
    expect(commands.at(-1)).toEqual({ type: 'close', socket: 1 });
  });

  it('has its variables in every entry', async () => {
    const { run, commands } = agent();
    const lesson = withScene({
      srv: { serve: 'stream', host: '127.0.0.${HOST}', port: '$PORT' },
      box: { bind: 'dgram', host: '127.0.0.${HOST}', port: '$PORT' },
      gone: { closedPort: true, host: '127.0.0.${HOST}' },
    });
    await makeScene(lesson, { ...about, vars: { HOST: 7, PORT: 5000 } }, run);
    const there = commands.filter((command) => 'host' in command && 'port' in command);
    expect(there.map(({ host }) => host)).toEqual(Array.from({ length: 4 }, () => '127.0.0.7'));
    expect(there.slice(0, 2).map(({ port }) => port)).toEqual([5000, 5000]);
  });

  it('leaves out a queue that this machine cannot hold back', async () => {
    const lesson = withScene({ srv: { serve: 'stream', accept: 'manual' }, free: { serve: 'stream' } });
    const made = await makeScene(lesson, { ...about, can: [] }, agent().run);
    expect(made.ok && Object.keys(made.scene)).toEqual(['free']);
  });

  it('may have a socket that is bound and nothing more', async () => {
    const { run, commands } = agent();
    const made = await makeScene(withScene({ box: { bind: 'dgram', port: 5000 } }), about, run);
    expect(made).toEqual({ ok: true, scene: { box: { socket: 1, address: { host, port: 5000 } } } });
    expect(commands.map(({ type }) => type)).toEqual(['socket', 'bind']);
  });

  it('is left with all its connections', async () => {
    const { run, commands } = agent();
    await leaveScene({ srv: { socket: 3, address: null }, gone: { socket: null, address: null } }, run);
    expect(commands).toEqual([{ type: 'close', socket: 3, connections: true }]);
  });
});

describe('a port where nobody listens', () => {
  const gone = withScene({ gone: { closedPort: true } });

  it('is below those that systems hand out, and was free a moment ago', async () => {
    const { run, commands } = agent();
    const made = await makeScene(gone, about, run);
    expect(made).toMatchObject({ ok: true, scene: { gone: { socket: null, address: { port: 10_001 } } } });
    expect(commands.map(({ type }) => type)).toEqual(['serve', 'close', 'serve', 'close']);
  });

  it('is any when that one is taken', async () => {
    const made = await makeScene(gone, about, agent([10_001]).run);
    expect(made).toMatchObject({ ok: true, scene: { gone: { socket: null, address: { port: 40_001 } } } });
  });
});

it('what a scene does with who comes is for the connections of its own listener', () => {
  const lesson = withScene({
    rude: { serve: 'stream', onAccept: [{ close: '$it' }] },
    srv: { serve: 'stream' },
  });
  const attempt = { scene: { rude: { socket: 1, address: null }, srv: { socket: 2, address: null } } };
  const accepted = (listener: number): SocketEvent => ({
    ...{ type: 'accepted', socket: 9, listener, seq: 1, time: 1 },
    ...{ local: { host, port: 1 }, remote: { host, port: 2 } },
  });
  expect(reactionTo(lesson, attempt, accepted(1))).toEqual([{ close: '$it' }]);
  expect(reactionTo(lesson, attempt, accepted(2))).toEqual([]);
  expect(reactionTo(lesson, attempt, accepted(3))).toEqual([]);
});
