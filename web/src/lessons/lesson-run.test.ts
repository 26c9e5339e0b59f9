import { describe, expect, it, vi } from 'vitest';
import { GivenAnswers } from './given-answers.ts';
import { KeptAttempt } from './kept-attempt.ts';
import { LessonRun } from './lesson-run.svelte.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import { parseLesson } from '@socket-playground/shared/lessons/file/lesson.ts';
import { FakeAgent, storage } from './testing.ts';

/** An echo server, a word to say, and the end of it. */
const echoFile = `---
id: tcp-server/echo
title: Make a server say it back
goal: Watch bytes come back.
minutes: 3
vars: { WORD: { pick: [happy, otter] } }
scene: { srv: { serve: stream, behaviour: echo } }
steps:
  - id: connect
    check: [{ see: accepted, where: { listener: $srv }, as: c }]
    hints: ['Look at the list.', 'Connect to \${srv.address}.']
    solve: [{ dial: $srv, as: me }]
  - id: say
    check: [{ stream: $c, dir: received, line: '\${WORD}' }]
    reject: { stream: $c, dir: received, line: { not: '\${WORD}' }, says: 'The server got another word than \${WORD}.' }
    hints: ['Which word?', 'Mind the line end.', 'Type \${WORD}.']
    solve: [{ dial: $srv, as: me }, { send: "\${WORD}\\n", on: me }]
  - id: leave
    predict: { ask: 'Who sees the end?', options: [the client, the server], right: 1, why: 'A FIN goes there.' }
    check: [{ see: closed, where: { socket: { not: $srv } } }]
    hints: ['Close it.']
    solve: [{ answer: 1 }, { close: $c }]
---
A server listens on \`\${srv.address}\`.
## connect
Connect to it.
## say
Say \`\${WORD}\`.
## leave
Close it.
## Why it works
It just does.
`;

function lessonOf(text: string): Lesson {
  const parsed = parseLesson('36-echo.md', text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.lesson;
}

const echoLesson = lessonOf(echoFile);
const tabs = { note: () => undefined, forget: () => undefined, isNoted: true };

/** A lesson under way, with time that does not pass by itself. */
const nothing: readonly string[] = [];

const atOnce: Promise<unknown> = Promise.resolve();

function setUp({
  agent = new FakeAgent(),
  session = storage(),
  lesson = echoLesson,
  before = nothing,
  ready = atOnce,
  kept = storage(),
} = {}) {
  const answers = new GivenAnswers(kept);
  const begins: string[] = [];
  const passed: string[] = [];
  const opened: string[] = [];
  const beside = { is: false };
  const run = new LessonRun(lesson, {
    store: agent.store,
    kept: new KeptAttempt(session, tabs),
    ready,
    passed: before,
    answersOf: (step) => answers.of(lesson.id, step),
    onpassed: (step, given) => {
      passed.push(step);
      answers.keep(lesson.id, step, given);
    },
    sleep: () => Promise.resolve(),
    random: () => 0,
    openTab: (url) => opened.push(url),
    onbegin: () => begins.push(lesson.id),
    isBeside: () => beside.is,
  });
  const port = () => agent.store.sockets.table.get(1)?.local?.port ?? 0;
  return { agent, session, run, passed, opened, port, beside, begins };
}

async function begun(world = setUp()) {
  world.run.follow();
  await vi.waitFor(() => expect(world.run.phase).toEqual({ is: 'going' }));
  return world;
}

/** The store tells the page when something happened; here nobody does. */
async function solve(run: LessonRun, step: number): Promise<void> {
  await run.solve(step);
  run.follow();
}

const marks = (run: LessonRun) => run.steps.map(({ is }) => is);
const dial = (port: number) => ({ type: 'dial', socketType: 'stream', host: '127.0.0.1', port }) as const;

describe('a lesson', () => {
  it('makes its sockets by ordinary commands and fills its text in', async () => {
    const { run, agent, port } = await begun();
    expect(agent.commands.map(({ type }) => type)).toEqual(['serve']);
    expect(run.say('${srv.address} ${WORD}')).toBe(`127.0.0.1:${port()} happy`);
    expect(marks(run)).toEqual(['now', 'next', 'next']);
    expect(agent.store.selection.socket).toBe(1);
  });

  it('passes a step by what happened, whoever did it, and then moves on', async () => {
    const { run, agent, passed, port } = await begun();
    agent.visit(port());
    run.follow();
    expect(passed).toEqual(['connect']);
    expect(run.said).toBe('Done: Connect');
    expect(marks(run)[0]).toBe('done');
    expect(run.steps[0]?.proof.length).toBeGreaterThan(0);
    await vi.waitFor(() => expect(marks(run)).toEqual(['done', 'now', 'next']));
    expect(run.said).toBe('Step 2 of 3: Say');
  });

  it('names a wrong attempt, and each one brings the next hint', async () => {
    const { run, agent, port } = await begun();
    const socket = agent.visit(port());
    run.follow();
    await vi.waitFor(() => expect(run.open).toBe(1));
    agent.hear(socket, 'hapy\n');
    run.follow();
    expect(run.steps[1]?.rejection?.says).toBe('The server got another word than happy.');
    expect(run.steps[1]?.hints).toEqual(['Which word?']);
    expect(run.steps[1]?.solution).toBeNull();
    expect(run.said).toContain('Hint: Which word?');
    agent.hear(socket, 'hippy\n');
    run.follow();
    expect(run.steps[1]?.hints).toHaveLength(2);
    expect(run.steps[1]?.solution?.at(-1)).toBe(String.raw`Send happy\n from that client`);
    run.hint();
    expect(run.steps[1]?.hints.at(-1)).toBe('Type happy.');
    agent.hear(socket, 'happy\n');
    run.follow();
    expect(run.steps[1]).toMatchObject({ is: 'done', rejection: null });
  });

  it('performs a solution with real commands', async () => {
    const { run, agent } = await begun();
    await solve(run, 0);
    await vi.waitFor(() => expect(run.open).toBe(1));
    await solve(run, 1);
    await vi.waitFor(() => expect(run.open).toBe(2));
    await solve(run, 2);
    await vi.waitFor(() => expect(run.isDone).toBe(true));
    expect(agent.commands.map(({ type }) => type)).toEqual(['serve', 'dial', 'dial', 'send', 'close']);
    expect(run.steps[2]?.predict?.given).toBe(1);
    expect(run.steps.map(({ isShown }) => isShown)).toEqual([true, true, true]);
    expect(run.trouble).toBeNull();
  });

  it('says in a solution whatever makes the difference', async () => {
    const server = '{ serve: stream, readSize: 512, as: small }';
    const slow = echoFile.replace(
      '[{ dial: $srv, as: me }]',
      `[${server}, { dial: $srv, readSize: 1024, timeout: 500 }]`,
    );
    const { run, port } = await begun(setUp({ lesson: lessonOf(slow) }));
    run.hint();
    run.hint();
    expect(run.steps[0]?.solution).toEqual([
      'Open a server, TCP, on 127.0.0.1, any free port, read size 512',
      `Connect a client to 127.0.0.1:${port()}, read size 1024, timeout 500 ms`,
    ]);
  });

  it('does not answer again what the learner has answered', async () => {
    const { run } = await begun();
    await solve(run, 0);
    await solve(run, 1);
    await vi.waitFor(() => expect(run.open).toBe(2));
    run.lock(0);
    await solve(run, 2);
    expect(run.steps[2]).toMatchObject({ is: 'done', rejection: null, predict: { given: 0 } });
  });

  it('says what could not be done', async () => {
    const { run, agent } = await begun();
    await agent.store.run({ type: 'close', socket: 1 });
    run.follow();
    await solve(run, 0);
    expect(run.trouble).toContain('ECONNREFUSED');
  });

  it('counts only what comes after a prediction', async () => {
    const { run, agent, port } = await begun();
    await solve(run, 0);
    await solve(run, 1);
    await vi.waitFor(() => expect(run.open).toBe(2));
    await agent.store.run({ type: 'close', socket: 2 });
    run.follow();
    expect(run.open).toBe(2);
    run.lock(0);
    expect(run.steps[2]?.is).toBe('now');
    await agent.store.run(dial(port()));
    await agent.store.run({ type: 'close', socket: 6 });
    run.follow();
    await vi.waitFor(() => expect(run.isDone).toBe(true));
  });

  it('asks for the whole of a payload when its first bytes do not tell', async () => {
    const { run, agent, port } = await begun();
    const socket = agent.visit(port());
    run.follow();
    agent.hear(socket, `${'x'.repeat(300)}\n`);
    run.follow();
    await vi.waitFor(() => expect(run.steps[1]?.rejection).not.toBeNull());
    expect(agent.asked).toHaveLength(1);
  });
});

describe('words to a wrong attempt', () => {
  const said = (run: LessonRun) => run.steps[1]?.rejection?.isPast;

  it('pale once the next attempt is under way, and are fresh again for another wrong one', async () => {
    const { run, agent, port } = await begun();
    const socket = agent.visit(port());
    run.follow();
    await vi.waitFor(() => expect(run.open).toBe(1));
    agent.hear(socket, 'hapy\n');
    run.follow();
    expect(said(run)).toBe(false);
    // What an attempt itself causes comes at once.
    agent.hear(socket, 'hap');
    run.follow();
    expect(said(run)).toBe(false);
    agent.wait(600);
    agent.hear(socket, 'py');
    run.follow();
    expect(said(run)).toBe(true);
    agent.hear(socket, '!\n');
    run.follow();
    expect(said(run)).toBe(false);
  });
});

describe('what is kept', () => {
  it('goes on after a reload where it stood', async () => {
    const world = await begun();
    await solve(world.run, 0);
    await vi.waitFor(() => expect(world.run.open).toBe(1));
    const again = setUp({ agent: world.agent, session: world.session });
    again.run.follow();
    expect(again.run.phase).toEqual({ is: 'going' });
    expect(marks(again.run)).toEqual(['done', 'now', 'next']);
    expect(world.agent.commands.filter(({ type }) => type === 'serve')).toHaveLength(1);
  });

  it('hides after a reload what was hidden when it began, once', async () => {
    const agent = new FakeAgent();
    const { run: command, journal, sockets } = agent.store;
    await command({ type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0 });
    await command({ type: 'close', socket: 1 });
    const world = await begun(setUp({ agent }));
    const hidden = journal.hiddenBefore;
    expect(hidden).toBeGreaterThan(0);
    await command(dial(sockets.table.get(2)?.local?.port ?? 0));
    await command({ type: 'close', socket: 3 });
    world.run.follow();
    agent.store.showAll();
    const again = setUp({ agent, session: world.session });
    again.run.follow();
    expect(journal.hiddenBefore).toBe(hidden);
    expect([...sockets.table.keys()]).toEqual([2, 3, 4]);
    agent.store.showAll();
    again.run.follow();
    expect(journal.hiddenBefore).toBe(0);
  });

  it('keeps done steps and makes the scene anew when the agent was restarted', async () => {
    const { run, agent, passed } = await begun();
    await solve(run, 0);
    await vi.waitFor(() => expect(run.open).toBe(1));
    agent.lose();
    run.follow();
    expect(run.isAway).toBe(true);
    agent.restart();
    run.follow();
    await vi.waitFor(() => expect(run.phase).toEqual({ is: 'going' }));
    expect(marks(run)).toEqual(['done', 'now', 'next']);
    expect(run.steps[0]).toMatchObject({ isOld: true, proof: [] });
    expect(run.takenUp).toBe('restarted');
    await solve(run, 1);
    await vi.waitFor(() => expect(run.open).toBe(2));
    expect(run.takenUp).toBeNull();
    expect(passed).toEqual(['connect', 'say']);
  });

  it('is of no use to another version of the lesson', async () => {
    const world = await begun();
    const kept = new KeptAttempt(world.session, tabs);
    expect(kept.load(echoLesson)).not.toBeNull();
    expect(kept.load({ ...echoLesson, steps: echoLesson.steps.slice(1) })).toBeNull();
    world.session.setItem('attempt', '{"attempt":{}}');
    expect(kept.load(echoLesson)).toBeNull();
  });
});

describe('a lesson that was left halfway', () => {
  const standing = lessonOf(echoFile.replace('  - id: leave\n', '  - id: leave\n    standsOn: [connect]\n'));

  it('goes on where it was left, on new sockets', async () => {
    const { run, passed } = await begun(setUp({ before: ['connect', 'say'] }));
    expect(marks(run)).toEqual(['done', 'done', 'now']);
    expect(run.steps[0]).toMatchObject({ isOld: true, proof: [] });
    expect(run.takenUp).toBe('returned');
    expect(run.open).toBe(2);
    expect(passed).toEqual([]);
  });

  it('has done again what the next step stands on, and nothing else', async () => {
    const { run, agent, port } = await begun(setUp({ lesson: standing, before: ['connect', 'say'] }));
    expect(marks(run)).toEqual(['now', 'done', 'next']);
    agent.visit(port());
    run.follow();
    await vi.waitFor(() => expect(marks(run)).toEqual(['done', 'done', 'now']));
    expect(run.takenUp).toBeNull();
  });

  it('stays done when all of it was', async () => {
    const { run } = await begun(setUp({ before: ['connect', 'say', 'leave'] }));
    expect(marks(run)).toEqual(['done', 'done', 'done']);
    expect(run.isDone).toBe(true);
  });

  it('says again what was predicted in it', async () => {
    const kept = storage();
    const { run, passed } = await begun(setUp({ kept }));
    await solve(run, 0);
    await solve(run, 1);
    run.lock(0);
    await solve(run, 2);
    const again = await begun(setUp({ before: passed, kept }));
    expect(again.run.steps[2]).toMatchObject({ is: 'done', predict: { given: 0 } });
    await again.run.reset();
    expect(again.run.steps[2]).toMatchObject({ is: 'next', predict: { given: null } });
  });

  it('begins anew by Reset', async () => {
    const { run } = await begun(setUp({ before: ['connect', 'say'] }));
    await run.reset();
    expect(marks(run)).toEqual(['now', 'next', 'next']);
    expect(run.takenUp).toBeNull();
    expect(run.steps[0]?.isOld).toBe(false);
  });
});

describe('its sockets', () => {
  it('are made anew by Reset, which begins again', async () => {
    const { run, agent } = await begun();
    await solve(run, 0);
    await vi.waitFor(() => expect(run.open).toBe(1));
    await run.reset();
    expect(marks(run)).toEqual(['now', 'next', 'next']);
    const closed = agent.commands.flatMap((command) => (command.type === 'close' ? [command.socket] : []));
    expect(closed).toEqual(expect.arrayContaining([1, 2]));
    await solve(run, 0);
    expect(run.steps[0]?.is).toBe('done');
  });

  it('go with the lesson, and so does who is connected to them', async () => {
    const { run, agent, port, session } = await begun();
    await agent.store.run(dial(port()));
    run.follow();
    void run.leave();
    await vi.waitFor(() => expect(agent.commands.filter(({ type }) => type === 'close')).toHaveLength(2));
    expect(session.getItem('attempt')).toBeNull();
  });

  it('go with those the learner opened in it, not with those opened beside it', async () => {
    const { run, agent, beside } = await begun();
    const serve = { type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0 } as const;
    await agent.store.run(serve);
    run.follow();
    beside.is = true;
    await agent.store.run(serve);
    run.follow();
    beside.is = false;
    await run.leave();
    const closed = agent.commands.flatMap((command) => (command.type === 'close' ? [command.socket] : []));
    expect(closed.toSorted()).toEqual([1, 2]);
  });

  it('go with those the learner opened before a reload', async () => {
    const world = await begun();
    await world.agent.store.run({ type: 'serve', socketType: 'stream', host: '127.0.0.1', port: 0 });
    world.run.follow();
    // A page that was loaded again has opened nothing itself.
    world.agent.store.own.clear();
    const again = setUp({ agent: world.agent, session: world.session });
    again.run.follow();
    await again.run.leave();
    const closed = world.agent.commands.flatMap((command) =>
      command.type === 'close' ? [command.socket] : [],
    );
    expect(closed.toSorted()).toEqual([1, 2]);
  });

  it('cannot always be made: then it says why, and tries again', async () => {
    const world = setUp();
    world.agent.refuse(true);
    world.run.follow();
    await vi.waitFor(() =>
      expect(world.run.phase).toMatchObject({ is: 'failed', problem: { code: 'EMFILE' } }),
    );
    world.agent.refuse(false);
    await world.run.reset();
    expect(world.run.phase).toEqual({ is: 'going' });
  });
});

describe('a lesson that was left', () => {
  const areClosed = ({ store }: FakeAgent) =>
    [...store.sockets.table.values()].every(({ state }) => state === 'closed');
  const kinds = ({ commands }: FakeAgent) => new Set(commands.map(({ type }) => type));

  it('does nothing more for the learner, and closes what it was about to open', async () => {
    const { run, agent } = await begun();
    const solving = run.solve(1);
    await Promise.all([run.leave(), solving]);
    expect(kinds(agent)).toEqual(new Set(['serve', 'dial', 'close']));
    expect(agent.commands).toContainEqual({ type: 'close', socket: 2, connections: true });
    expect(agent.store.selection.socket).not.toBe(2);
    expect(run.trouble).toBeNull();
  });

  it('makes nothing, and begins nothing, when the lesson before it is gone at last', async () => {
    let gone = (): void => undefined;
    const ready = new Promise<void>((resolve) => (gone = resolve));
    const { run, agent, begins } = setUp({ ready });
    run.follow();
    const left = run.leave();
    gone();
    await left;
    await new Promise((resolve) => setTimeout(resolve));
    expect([agent.commands, begins]).toEqual([[], []]);
  });

  it('is gone only when the sockets that were being made are', async () => {
    const { run, agent } = setUp();
    run.follow();
    while (agent.commands.length === 0) await Promise.resolve();
    await run.leave();
    expect(agent.store.sockets.table.size).toBe(1);
    expect(areClosed(agent)).toBe(true);
  });
});
