import { describe, expect, it } from 'vitest';
import { takeToken } from './token.ts';

function pageAt(hash: string, stored: string | null = null) {
  const shown: (string | URL | null | undefined)[] = [];
  const kept = new Map(stored === null ? [] : [['token', stored]]);
  return {
    shown,
    kept,
    location: { hash, pathname: '/', search: '?x=1' },
    history: {
      state: null,
      replaceState: (_data: unknown, _unused: string, url?: string | URL | null) => shown.push(url),
    },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    },
  };
}

describe('the token', () => {
  it('moves from the fragment to the session and leaves the address bar', () => {
    const page = pageAt('#token=abc-_9');
    expect(takeToken(page)).toBe('abc-_9');
    expect(page.kept.get('token')).toBe('abc-_9');
    expect(page.shown).toEqual(['/?x=1']);
  });

  it('leaves the page where it is, when it was somewhere', () => {
    const page = pageAt('#token=abc');
    takeToken(page, '#lessons');
    expect(page.shown).toEqual(['/?x=1#lessons']);
  });

  it('is the one kept when the fragment has none, as after a reload', () => {
    const page = pageAt('#traffic', 'old');
    expect(takeToken(page)).toBe('old');
    expect(page.shown).toEqual([]);
  });

  it('of a new link wins over the old one', () => {
    expect(takeToken(pageAt('#token=new', 'old'))).toBe('new');
  });

  it.each(['', '#token=', '#token=a b', '#token=%3Cscript%3E'])('is not taken from %j', (hash) => {
    expect(takeToken(pageAt(hash))).toBeNull();
  });
});
