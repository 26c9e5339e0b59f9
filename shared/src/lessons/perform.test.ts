import { describe, expect, it } from 'vitest';
import { done, namesOf, refused, TestStage } from '../../test/lesson-stage.ts';
import type { SocketEvent } from '../events/event.ts';
import { lessonLimits } from './limits.ts';
import { perform } from './perform.ts';
import type { Performed } from './perform.ts';

const local = { host: '127.0.0.1', port: 4711 };
const ended: SocketEvent = { type: 'ended', by: 'remote', socket: 7, seq: 9, time: 9 };

const wrongOf = (performed: Performed) => (performed.ok ? '' : performed.wrong);

describe('what an action makes', () => {
  it('is known to the actions behind it, by its socket and its address', async () => {
    const stage = new TestStage([done({ socket: 3, local }), done({ socket: 4 })]);
    const performed = await perform(
      [
        { serve: 'stream', as: 'mine' },
        { dial: '$mine', as: 'me' },
        { send: 'hi\n', on: 'me' },
      ],
      stage,
    );
    expect(performed).toEqual({ ok: true });
    expect(stage.commands).toMatchObject([
      { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0 },
      { type: 'dial', ...local },
      { type: 'send', socket: 4, data: { text: 'hi\n' } },
    ]);
  });

  it('may be a server that reads little at a time, from its first client on', async () => {
    const stage = new TestStage([done({ socket: 3, local })]);
    const actions = [{ serve: 'stream', readSize: 1024, as: 'small' }, { dial: '$small' }] as const;
    expect(await perform(actions, stage)).toEqual({ ok: true });
    expect(stage.commands).toMatchObject([
      { type: 'serve' },
      { type: 'setsockopt', socket: 3, option: 'readSize', value: 1024 },
      { type: 'dial', ...local },
    ]);
    const refusing = new TestStage([done({ socket: 3, local }), refused('EINVAL')]);
    expect(wrongOf(await perform(actions, refusing))).toContain('EINVAL');
  });

  it('stands before a name of the lesson that is the same', async () => {
    const stage = new TestStage([done({ socket: 8 })], namesOf({ me: { socket: 2 } }));
    await perform([{ socket: { family: 'inet', socketType: 'stream' }, as: 'me' }, { close: 'me' }], stage);
    expect(stage.commands[1]).toMatchObject({ type: 'close', socket: 8 });
  });

  it('may be the connection that the scene has just accepted', async () => {
    const stage = new TestStage();
    await perform([{ shutdown: '$it' }], stage, 5);
    expect(stage.commands).toMatchObject([{ type: 'shutdown', socket: 5 }]);
  });
});

describe('what the lesson says of an outcome', () => {
  const dial = { dial: local } as const;

  it.each([
    { name: 'nothing, and it works', fails: undefined, outcome: done({ socket: 1 }), ok: true },
    { name: 'nothing, and it fails', fails: undefined, outcome: refused('ECONNREFUSED'), ok: false },
    { name: 'its code', fails: 'ECONNREFUSED', outcome: refused('ECONNREFUSED'), ok: true },
    { name: 'another code', fails: 'ETIMEDOUT', outcome: refused('ECONNREFUSED'), ok: false },
    { name: 'one of two codes', fails: ['ENOTFOUND', 'EAI_AGAIN'], outcome: refused('EAI_AGAIN'), ok: true },
    { name: 'that it fails, and it works', fails: 'ECONNREFUSED', outcome: done({ socket: 1 }), ok: false },
    { name: 'maybe, and it works', fails: 'maybe', outcome: done({ socket: 1 }), ok: true },
    { name: 'maybe, and it fails', fails: 'maybe', outcome: refused('ENOTFOUND'), ok: true },
  ])('$name: $ok', async ({ fails, outcome, ok }) => {
    const stage = new TestStage([outcome]);
    const action = fails === undefined ? dial : { ...dial, fails };
    expect((await perform([action, { resolve: 'localhost' }], stage)).ok).toBe(ok);
    // It stops where something is not as the lesson says.
    expect(stage.commands).toHaveLength(ok ? 2 : 1);
  });

  it('is not waited for in the background', async () => {
    const stage = new TestStage([refused('ETIMEDOUT')]);
    expect(await perform([{ ...dial, background: true }], stage)).toEqual({ ok: true });
  });

  it('is not waited for either when the lesson is left before it comes', async () => {
    const stage = new TestStage();
    // The page fails every command that comes to its end after the lesson was left.
    const run = () => Promise.reject(new Error('The lesson was left.'));
    const left = Object.assign(stage, { run });
    expect(await perform([{ ...dial, background: true }], left)).toEqual({ ok: true });
  });

  it('names a socket that is not there', async () => {
    const performed = await perform([{ close: '$nobody' }], new TestStage());
    expect(wrongOf(performed)).toContain('There is no socket $nobody yet.');
  });
});

describe('accepting', () => {
  it('asks again until somebody waits, and names the connection', async () => {
    const stage = new TestStage(
      [done({ connection: null }), done({ connection: null }), done({ connection: 6 })],
      namesOf({ srv: { socket: 1 } }),
    );
    await perform([{ accept: '$srv', as: 'guest' }, { close: '$guest' }], stage);
    expect(stage.commands.map(({ type }) => type)).toEqual(['accept', 'accept', 'accept', 'close']);
    expect(stage.commands[3]).toMatchObject({ socket: 6 });
    expect(stage.slept).toEqual([lessonLimits.acceptAgainMs, lessonLimits.acceptAgainMs]);
  });

  it('gives up after a while', async () => {
    const tries = lessonLimits.patienceMs / lessonLimits.acceptAgainMs;
    const nobody = Array.from({ length: tries }, () => done({ connection: null }));
    const stage = new TestStage(nobody, namesOf({ srv: { socket: 1 } }));
    expect(await perform([{ accept: '$srv' }], stage)).toEqual({ ok: false, wrong: 'nobody came to $srv' });
    expect(stage.commands).toHaveLength(tries);
  });
});

describe('waiting', () => {
  it('goes on with the event, which may be named', async () => {
    const stage = new TestStage([], namesOf({ me: { socket: 7 } }));
    stage.comes = ended;
    const performed = await perform(
      [{ wait: { see: 'ended', where: { socket: '$me' }, as: 'end' } }, { close: '$end' }],
      stage,
    );
    expect(performed).toEqual({ ok: true });
    expect(stage.commands).toMatchObject([{ type: 'close', socket: 7 }]);
  });

  it('says so when it was in vain', async () => {
    const stage = new TestStage();
    stage.comes = ended;
    expect(wrongOf(await perform([{ wait: { see: 'reset' } }], stage))).toContain('waited in vain');
  });

  it('for time alone takes that time', async () => {
    const stage = new TestStage();
    await perform([{ pauseFor: '3200ms' }, { pauseFor: '3s' }], stage);
    expect(stage.slept).toEqual([3200, 3000]);
  });
});

describe('answering', () => {
  it('gives options by their place, and fills in names', async () => {
    const stage = new TestStage([], namesOf({ c: { socket: 7, event: ended } }, { WORD: 'otter' }));
    await perform([{ answer: 1 }, { answer: '${WORD}' }, { answer: '$c' }, { answer: ['b', 'a'] }], stage);
    expect(stage.answers).toEqual([1, 'otter', 7, ['b', 'a']]);
  });

  it('waits until there is what its names stand for', async () => {
    const stage = new TestStage();
    stage.oncoming = () => (stage.known = namesOf({ late: { socket: 4 } }));
    expect(await perform([{ answer: '$late' }], stage)).toEqual({ ok: true });
    expect(stage.answers).toEqual([4]);
    expect(await perform([{ answer: '$never' }], stage)).toMatchObject({ ok: false });
  });
});

it('somebody from outside is called to an address, with what is to be said', async () => {
  const stage = new TestStage([], namesOf({ srv: { socket: 1, address: local } }, { WORD: 'otter' }));
  await perform([{ outside: '$srv' }, { outside: '$srv', send: '${WORD}\n' }], stage);
  expect(stage.called).toEqual([
    { to: local, data: null },
    { to: local, data: 'otter\n' },
  ]);
});
