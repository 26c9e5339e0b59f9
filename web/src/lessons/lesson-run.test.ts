import { describe, expect, it, vi } from 'vitest';
import { begun, dial, echoFile, lessonOf, marks, setUp, solve } from './testing/echo-lesson.ts';
import type { LessonRun } from './lesson-run.svelte.ts';
import type { FakeAgent } from './testing/fake-agent.ts';
import { full } from './testing/full-storage.ts';

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

  it('goes on where the browser has no room for what was answered', async () => {
    const { run, agent, port } = await begun(setUp({ kept: full() }));
    agent.visit(port());
    run.follow();
    expect(run.said).toBe('Done: Connect');
    await vi.waitFor(() => expect(run.open).toBe(1));
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

  it('tells of a line that has not ended as far as it has come, and then of the line', async () => {
    const { run, agent, port } = await begun();
    const socket = agent.visit(port());
    run.follow();
    await vi.waitFor(() => expect(run.open).toBe(1));
    agent.hear(socket, 'ha');
    run.follow();
    expect(run.steps[1]?.remark).toContain('“ha”');
    expect(run.steps[1]).toMatchObject({ rejection: null, hints: [] });
    agent.hear(socket, 'py\n');
    run.follow();
    expect(run.steps[1]).toMatchObject({ remark: null, rejection: { isPast: false } });
    // Words to an attempt before say nothing of this one.
    agent.wait(2_000);
    agent.hear(socket, 'hip');
    run.follow();
    expect(run.steps[1]).toMatchObject({ rejection: { isPast: true } });
    expect(run.steps[1]?.remark).toContain('“hip”');
    agent.hear(socket, 'py\nhappy\n');
    run.follow();
    expect(run.steps[1]).toMatchObject({ is: 'done', remark: null });
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
