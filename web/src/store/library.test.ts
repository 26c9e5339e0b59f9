import { describe, expect, it } from 'vitest';
import { forgetful } from './kept/browser-storage.ts';
import { Library } from './library.svelte.ts';
import { playedLink } from './testing/played-link.ts';
import { Settings } from './kept/settings.svelte.ts';

function library(): Library {
  return new Library({
    link: playedLink().link,
    kept: () => playedLink().link,
    file: () => playedLink().link,
    sessions: () => Promise.resolve({ is: 'unreachable', message: '' }),
    settings: new Settings(forgetful()),
    session: forgetful(),
  });
}

const open = (from: Library, name: string) => from.openFile(new File([], name));

describe('closing what is shown', () => {
  it('goes back to what was shown before, as when opening it is cancelled', () => {
    const all = library();
    const first = open(all, 'first');
    const second = open(all, 'second');
    if (first === null || second === null) throw new Error('There is room for two.');
    all.close(second);
    expect(all.recording).toBe(first);
    all.close(first);
    expect(all.shown).toBe(all.live);
  });

  it('never goes back to what is closed; closing another moves nothing', () => {
    const all = library();
    const [first, second, third] = ['first', 'second', 'third'].map((name) => open(all, name));
    if (!first || !second || !third) throw new Error('There is room for three.');
    all.show(null);
    all.show(third);
    all.close(second);
    expect(all.recording).toBe(third);
    all.close(third);
    expect(all.recording).toBeNull();
    expect(all.recordings).toEqual([first]);
  });
});
