import { describe, expect, it } from 'vitest';
import { LessonTabs } from './lesson-tabs.ts';
import { storage } from './testing/fake-agent.ts';

const standing = (socket: number) => ({
  epoch: 'first',
  scene: { srv: { socket, address: { host: '127.0.0.1', port: 8888 } } },
  made: [socket + 10],
});

/** Tabs of one browser. A lock goes with its tab. */
function browser() {
  const shared = storage();
  const held = new Set<string>();
  let ids = 0;
  const open = (session = storage(), meanwhile?: () => void) => {
    const tabs = new LessonTabs({
      storage: shared,
      session,
      locks: {
        take: async (name) => !held.has(name) && held.add(name).has(name),
        isFree: async (name) => !held.has(name),
      },
      sleep: async () => meanwhile?.(),
      newId: () => `tab${(ids += 1)}`,
    });
    return { tabs, session, unload: () => void held.delete(`lesson-tab:${session.getItem('tab') ?? ''}`) };
  };
  return { open, shared };
}

describe('lessons in the tabs of a browser', () => {
  it('are left standing by a tab that is closed, and told once', async () => {
    const { open } = browser();
    const [first, second] = [open(), open()];
    first.tabs.note(standing(3));
    second.tabs.note(standing(4));
    expect(await second.tabs.left()).toEqual([]);
    first.unload();
    expect(await second.tabs.left()).toEqual([standing(3)]);
    expect(await second.tabs.left()).toEqual([]);
    expect(second.tabs.isNoted).toBe(true);
  });

  it('stay with a tab that is reloaded, also while it is without its lock', async () => {
    const { open } = browser();
    const first = open();
    first.tabs.note(standing(3));
    first.unload();
    let again = first;
    const second = open(storage(), () => {
      if (again === first) again = open(first.session);
    });
    expect(await second.tabs.left()).toEqual([]);
    expect(again.tabs.isNoted).toBe(true);
    expect(await again.tabs.isOwn).toBe(true);
  });

  it('are found where a tab held its lock a moment longer than it was there', async () => {
    const { open } = browser();
    const first = open();
    first.tabs.note(standing(3));
    const second = open(storage(), () => first.unload());
    expect(await second.tabs.left()).toEqual([standing(3)]);
  });

  it('are not those of a tab that was duplicated: it has all that the first one has stored', async () => {
    const { open, shared } = browser();
    const first = open();
    first.tabs.note(standing(3));
    const session = storage();
    session.setItem('tab', first.session.getItem('tab') ?? '');
    const copy = open(session);
    expect(await copy.tabs.isOwn).toBe(false);
    expect(await first.tabs.isOwn).toBe(true);
    copy.tabs.note(standing(4));
    copy.tabs.forget();
    expect(first.tabs.isNoted).toBe(true);
    expect(shared.length).toBe(1);
  });

  it('are gone for a closed tab that is opened again too late', async () => {
    const { open } = browser();
    const first = open();
    first.tabs.note(standing(3));
    first.unload();
    await open().tabs.left();
    expect(open(first.session).tabs.isNoted).toBe(false);
  });

  it('leave nothing when they were left in order, nor what is no note', async () => {
    const { open, shared } = browser();
    const first = open();
    first.tabs.note(standing(3));
    first.tabs.forget();
    first.unload();
    shared.setItem('lesson-tab:else', '{"scene": 1}');
    expect(await open().tabs.left()).toEqual([]);
    expect(shared.getItem('lesson-tab:else')).toBeNull();
  });
});
