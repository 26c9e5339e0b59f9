/** A store, and a desk, whose agent a test plays: what it tells is seen two frames later. */
import { playedLink } from '../../store/testing/played-link.ts';
import type { Reached } from '../../store/testing/played-link.ts';
import { Settings } from '../../store/kept/settings.svelte.ts';
import { Store } from '../../store/store.svelte.ts';
import { numbered } from '../../store/testing/events.ts';
import type { Happening } from '../../store/testing/events.ts';
import { Desk } from './desk.svelte.ts';

/** Once a frame has been drawn with what there is now. */
export const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

export function playedStore(reached: Reached = {}) {
  const { link, agent } = playedLink(reached);
  const store = new Store({ link, settings: new Settings(localStorage), session: sessionStorage });
  store.start();
  let seq = 1;
  async function tell(...bodies: readonly Happening[]): Promise<void> {
    agent().events(numbered(bodies, seq));
    seq += bodies.length;
    await painted();
    await painted();
  }
  /** So many events are missing. */
  async function miss(count: number): Promise<void> {
    agent().gap({ from: seq, to: seq + count - 1, reason: 'not-received' });
    seq += count;
    await painted();
    await painted();
  }
  /** The link is lost. */
  async function lose(): Promise<void> {
    agent().status({ is: 'lost', retryInMs: 60_000 });
    await painted();
  }
  return { store, agent, tell, miss, lose };
}

export function playedDesk(reached: Reached = {}) {
  const played = playedStore(reached);
  return { ...played, desk: new Desk(played.store) };
}
