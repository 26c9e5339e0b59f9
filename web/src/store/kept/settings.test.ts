import { expect, it } from 'vitest';
import { full } from '../../lessons/testing/full-storage.ts';
import { Settings } from './settings.svelte.ts';

/** What the tabs of one browser share. */
function shared() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

it('of another tab stay: each stores only what was chosen in it', () => {
  const storage = shared();
  const [here, there] = [new Settings(storage), new Settings(storage)];
  here.theme = 'dark';
  here.resize('rack', 300);
  there.resize('bytes', 200);
  there.showColumn('time', false);
  const later = new Settings(storage);
  expect([later.theme, later.size('rack'), later.size('bytes')]).toEqual(['dark', 300, 200]);
  expect(later.hiddenColumns).toEqual(['time']);
});

it('are taken over from another tab, but for what each of them shows', () => {
  const storage = shared();
  const [here, there] = [new Settings(storage), new Settings(storage)];
  here.theme = 'dark';
  here.traffic = 'graph';
  here.filters.save({ name: 'mine', filter: '#1' });
  there.refresh();
  expect([there.theme, there.traffic]).toEqual(['dark', 'log']);
  expect(there.filters.all).toEqual([{ name: 'mine', filter: '#1' }]);
});

it('hold as long as the page is open where the browser has no room for them', () => {
  const settings = new Settings(full());
  settings.traffic = 'timeline';
  settings.resize('rack', 300);
  settings.showColumn('time', false);
  expect([settings.traffic, settings.size('rack'), settings.hiddenColumns]).toEqual([
    'timeline',
    300,
    ['time'],
  ]);
});

it('keep what is appended to text and to hex apart; to hex that is nothing at first', () => {
  const storage = shared();
  storage.setItem('settings', JSON.stringify({ append: 'crlf' }));
  const settings = new Settings(storage);
  expect(settings.append).toEqual({ text: 'crlf', hex: 'none' });
  settings.appendTo('hex', 'lf');
  expect(new Settings(storage).append).toEqual({ text: 'crlf', hex: 'lf' });
});
