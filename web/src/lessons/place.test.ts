import { describe, expect, it } from 'vitest';
import { hashOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import { Whereabouts } from './whereabouts.svelte.ts';

const echo = { is: 'lesson', id: 'tcp-server/echo', step: 'leave' } as const;

describe('an address', () => {
  it.each<[string, Place]>([
    ['', { is: 'sockets' }],
    ['#lessons', { is: 'lessons' }],
    ['#lesson', { is: 'next' }],
    ['#lesson/tcp-server/echo', { ...echo, step: null }],
    ['#lesson/tcp-server/echo/leave', echo],
  ])('%s is a place, and a place is that address', (hash, place) => {
    expect(placeOf(hash)).toEqual(place);
    expect(hashOf(place)).toBe(hash);
  });

  it.each(['#token=abc', '#lesson/', '#lesson/echo', '#lesson/a/b/c/d', '#lesson/A/B', '#talk'])(
    '%s is no place',
    (hash) => expect(placeOf(hash)).toBeNull(),
  );
});

/** A tab with an address, a history to look at, and a way to type an address. */
function tab(hash = '') {
  let changed: () => void = () => undefined;
  const written: string[] = [];
  const kept = new Map<string, string>();
  const window = {
    location: { hash, pathname: '/', search: '' },
    history: {
      state: null,
      pushState: (_state: unknown, _title: string, url: string) => void written.push(`push ${url}`),
      replaceState: (_state: unknown, _title: string, url: string) => void written.push(`replace ${url}`),
    },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
    addEventListener: (_type: 'hashchange', listener: () => void) => void (changed = listener),
  };
  const whereabouts = new Whereabouts(window);
  const type = (typed: string) => {
    window.location.hash = typed;
    changed();
  };
  return { whereabouts, written, type };
}

describe('whereabouts', () => {
  it('begin where the address says', () => {
    expect(tab('#lesson/tcp-server/echo/leave').whereabouts.place).toEqual(echo);
    expect(tab('#token=abc').whereabouts.place).toEqual({ is: 'sockets' });
  });

  it('go on in the history, but a next step only takes the place of the one before', () => {
    const { whereabouts, written } = tab();
    whereabouts.go({ ...echo, step: null });
    whereabouts.go(echo);
    whereabouts.go(echo);
    whereabouts.go({ is: 'sockets' });
    expect(written).toEqual([
      'push /#lesson/tcp-server/echo',
      'replace /#lesson/tcp-server/echo/leave',
      'push /',
    ]);
  });

  it('know the way back to the lesson', () => {
    const { whereabouts } = tab();
    whereabouts.goToLessons();
    expect(whereabouts.place).toEqual({ is: 'lessons' });
    whereabouts.go(echo);
    whereabouts.go({ is: 'sockets' });
    whereabouts.goToLessons();
    expect(whereabouts.place).toEqual(echo);
  });

  it('follow what is typed and where Back leads; a token changes nothing', () => {
    const { whereabouts, type } = tab();
    type('#lessons');
    expect(whereabouts.place).toEqual({ is: 'lessons' });
    type('#token=abc');
    expect(whereabouts.place).toEqual({ is: 'lessons' });
    expect(whereabouts.hash).toBe('#lessons');
  });
});
