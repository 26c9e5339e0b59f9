import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import type { LinkListener, SearchAnswer, SearchQuery } from '../../link/link.ts';
import { forgetful } from '../../store/kept/browser-storage.ts';
import { playedLink } from '../../store/testing/played-link.ts';
import { Settings } from '../../store/kept/settings.svelte.ts';
import { Store } from '../../store/store.svelte.ts';
import { echoScene, numbered, sent } from '../../store/testing/events.ts';
import { Desk } from './desk.svelte.ts';

/** A desk whose link the test drives; `answer` is what the link finds. */
function setUp(answer: (query: SearchQuery) => SearchAnswer) {
  const queries: SearchQuery[] = [];
  const { link, agent } = playedLink({
    search: (query) => {
      queries.push(query);
      return Promise.resolve(answer(query));
    },
  });
  const store = new Store({
    link,
    settings: new Settings(forgetful()),
    session: forgetful(),
    schedule: (work) => work(),
  });
  store.start();
  let seq = 1;
  const tell = (...bodies: Parameters<typeof numbered>[0]) => {
    agent().events(numbered(bodies, seq));
    seq += bodies.length;
  };
  tell(...echoScene);
  const status: LinkListener['status'] = (now) => agent().status(now);
  status({ is: 'live' });
  return { desk: new Desk(store), queries, tell, status };
}

const cut = (socket: number) => ({
  ...sent(socket, 'x'.repeat(256)),
  size: 4_096,
  captured: 256,
});
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a filter that looks behind the first bytes', () => {
  it('does not begin again with every row that comes', async () => {
    const { desk, tell } = setUp(() => ({ is: 'found', seqs: [], next: null }));
    tell(cut(2));
    await desk.language.load();
    desk.filter.set('needle');
    let begun = 0;
    const stop = $effect.root(() => {
      $effect(() => void (desk.terms, (begun += 1)));
    });
    flushSync();
    tell(sent(2, 'one more'));
    flushSync();
    expect(begun).toBe(1);
    stop();
  });

  it('learns what was found, and what it looked for until then', async () => {
    const { desk, queries, tell } = setUp(() => ({ is: 'found', seqs: [9], next: null }));
    tell(cut(2));
    await desk.language.load();
    desk.filter.set('needle');
    expect(desk.caution).toMatch(/first 256 bytes/);
    desk.lookDeep();
    await settled();
    const what = { is: 'bytes', bytes: encodeUtf8('needle'), anyCase: true };
    expect(queries).toMatchObject([{ what, longerThan: 256, from: 1, to: 9 }]);
    expect(desk.caution).toBeNull();
    const asked = desk.terms[0]?.filter;
    expect(asked?.is === 'contains' && [...(asked.beyond ?? [])]).toEqual([9]);
  });

  it('is complete while the rows that come are here whole', async () => {
    const { desk, tell } = setUp(() => ({ is: 'found', seqs: [], next: null }));
    tell(cut(2));
    await desk.language.load();
    desk.filter.set('needle');
    desk.lookDeep();
    await settled();
    tell(sent(2, 'short'));
    expect(desk.caution).toBeNull();
    tell(cut(2));
    expect(desk.caution).toMatch(/first 256 bytes/);
  });

  it('asks again when the link is back', async () => {
    const { desk, queries, status, tell } = setUp(() => ({ is: 'found', seqs: [], next: null }));
    tell(cut(2));
    await desk.language.load();
    desk.filter.set('needle');
    const stop = $effect.root(() => {
      $effect(() => desk.lookDeep());
    });
    status({ is: 'lost', retryInMs: 500 });
    flushSync();
    expect(desk.caution).toMatch(/nobody can be asked for the rest/);
    expect(queries).toEqual([]);
    status({ is: 'live' });
    flushSync();
    await settled();
    expect(desk.caution).toBeNull();
    stop();
  });

  it('asks nothing and warns of nothing while every payload is here whole', async () => {
    const { desk, queries, tell } = setUp(() => ({ is: 'unreachable' }));
    tell(sent(2, 'short'));
    await desk.language.load();
    desk.filter.set('needle');
    desk.lookDeep();
    expect(desk.caution).toBeNull();
    expect(queries).toEqual([]);
  });
});
