import { expect, it, vi } from 'vitest';
import { Study } from './study.svelte.ts';
import { FakeAgent, nowhere, storage } from './testing/fake-agent.ts';
import { full } from './testing/full-storage.ts';
import { Whereabouts } from './whereabouts.svelte.ts';

vi.mock('virtual:lessons', async () => {
  const { parseLesson } = await import('@socket-playground/shared/lessons/file/lesson.ts');
  const loaderOf = (id: string) => async () => {
    const file = [
      ...['---', `id: unit/${id}`, 'title: A server', 'goal: See one.', 'minutes: 1'],
      ...['scene: { srv: { serve: stream } }', 'steps:', '  - id: call', '    check: [{ see: accepted }]'],
      ...[
        '    hints: [Call it.]',
        '    solve: [{ dial: $srv }]',
        '---',
        'It listens.',
        '## call',
        'Call it.',
      ],
      ...['## Why it works', 'It just does.', ''],
    ];
    const parsed = parseLesson(`11-${id}.md`, file.join('\n'));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return { default: parsed.lesson };
  };
  const ids = ['one', 'two', 'three'];
  return { catalogue: [], loaders: Object.fromEntries(ids.map((id) => [`unit/${id}`, loaderOf(id)])) };
});

function firstTab() {
  const session = storage();
  session.setItem('attempt', 'that of the first tab');
  return { agent: new FakeAgent(), session };
}

function setUp(isOwn = true, kept = storage(), { agent, session } = firstTab()) {
  const reads = vi.spyOn(session, 'getItem');
  let asked = 0;
  const study = new Study({
    ...{ store: agent.store, session, storage: kept, newId: () => 'tab' },
    // The second name is a new one.
    locks: { take: async () => isOwn || (asked += 1) > 1, isFree: async () => false },
    whereabouts: new Whereabouts(nowhere),
    onbegin: () => undefined,
    openTab: () => undefined,
  });
  const looks = () => reads.mock.calls.filter(([key]) => key === 'attempt').length;
  return { agent, session, study, looks };
}

it('looks once for what this tab left behind, and not with every event', async () => {
  const { study, looks } = setUp();
  study.stand({ is: 'lessons' });
  await vi.waitFor(() => expect(looks()).toBe(1));
  for (let frame = 0; frame < 100; frame += 1) study.follow();
  expect(looks()).toBe(1);
});

it('leaves the attempt to the tab that this one was duplicated from', async () => {
  const { study, session, agent } = setUp(false);
  study.stand({ is: 'lessons' });
  await vi.waitFor(() => expect(session.getItem('attempt')).toBeNull());
  expect(agent.commands).toEqual([]);
});

it('begins a lesson where the browser has no room to note it', async () => {
  const { study } = setUp(true, full());
  study.stand({ is: 'lesson', id: 'unit/one', step: null });
  await vi.waitFor(() => expect(study.run).not.toBeNull());
  study.follow();
  await vi.waitFor(() => expect(study.run?.phase.is).toBe('going'));
});

it('goes on with it after a reload, though the browser had no room to note it', async () => {
  const before = setUp(true, full());
  const stand = async ({ study }: ReturnType<typeof setUp>) => {
    study.stand({ is: 'lesson', id: 'unit/one', step: null });
    await vi.waitFor(() => expect(study.run).not.toBeNull());
    study.follow();
    await vi.waitFor(() => expect(study.run?.phase.is).toBe('going'));
  };
  await stand(before);
  await stand(setUp(true, full(), before));
  expect(before.agent.commands.filter(({ type }) => type === 'serve')).toHaveLength(1);
});

it('begins no lesson before the sockets of all that were left are gone', async () => {
  const { study, agent } = setUp();
  const open = async (id: string) => {
    study.stand({ is: 'lesson', id: `unit/${id}`, step: null });
    await vi.waitFor(() => expect(study.shown).toMatchObject({ run: { lesson: { id: `unit/${id}` } } }));
  };
  const served = () => agent.commands.filter(({ type }) => type === 'serve').length;
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  await open('one');
  study.follow();
  let turnsToBegin = 0;
  for (; served() === 0; turnsToBegin += 1) await turn();
  await vi.waitFor(() => expect(study.run?.phase.is).toBe('going'));

  let close = (): void => undefined;
  const mayClose = new Promise<void>((resolve) => (close = resolve));
  const { run } = agent.store;
  vi.spyOn(agent.store, 'run').mockImplementation(async (command) => {
    if (command.type === 'close') await mayClose;
    return run(command);
  });
  // The second is left before it has begun.
  await open('two');
  await open('three');
  study.follow();
  for (let turns = 0; turns <= 2 * turnsToBegin; turns += 1) await turn();
  expect(served()).toBe(1);
  close();
  await vi.waitFor(() => expect(served()).toBe(2));
});
