import { describe, expect, it, vi } from 'vitest';
import {
  begun,
  dial,
  echoFile,
  echoLesson,
  lessonOf,
  marks,
  setUp,
  solve,
  tabs,
} from './testing/echo-lesson.ts';
import { KeptAttempt } from './kept-attempt.ts';
import { FakeAgent, storage } from './testing/fake-agent.ts';

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

  it('makes the scene anew when one comes back to it, not while the sockets are looked at alone', async () => {
    const { run, agent, beside } = await begun();
    const served = () => agent.commands.filter(({ type }) => type === 'serve').length;
    beside.is = true;
    agent.lose();
    agent.restart();
    run.follow();
    expect([run.phase, served()]).toEqual([{ is: 'going' }, 1]);
    beside.is = false;
    run.follow();
    await vi.waitFor(() => expect(run.takenUp).toBe('restarted'));
    expect(served()).toBe(2);
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
