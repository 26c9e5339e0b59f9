/** A desk whose agent a test plays: what it tells is seen two frames later. */
import { playedLink } from '../../store/played-link.ts';
import { Settings } from '../../store/settings.svelte.ts';
import { Store } from '../../store/store.svelte.ts';
import { numbered } from '../../store/testing.ts';
import type { Happening } from '../../store/testing.ts';
import { Desk } from './desk.svelte.ts';

const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

export function playedDesk() {
  const { link, agent } = playedLink();
  const store = new Store({ link, settings: new Settings(localStorage), session: sessionStorage });
  store.start();
  const desk = new Desk(store);
  let seq = 1;
  async function tell(...bodies: readonly Happening[]): Promise<void> {
    agent().events(numbered(bodies, seq));
    seq += bodies.length;
    await painted();
    await painted();
  }
  /** The link is lost. */
  async function lose(): Promise<void> {
    agent().status({ is: 'lost', retryInMs: 60_000 });
    await painted();
  }
  return { desk, store, tell, lose };
}
