/** The place of this tab, in step with its address: reload, links, Back and Forward lead where they should. */
import { hashOf, placeOf } from './place.ts';
import type { Place } from './place.ts';

interface Tab {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'state' | 'pushState' | 'replaceState'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly addEventListener: (type: 'hashchange', listener: () => void) => void;
}

const key = 'lesson';

/** Neither another step of the same lesson is a place to go back to, nor `next`, which leads on at once. */
const isSamePlace = (a: Place, b: Place) =>
  b.is === 'lesson' && (a.is === 'next' || (a.is === 'lesson' && a.id === b.id));

export class Whereabouts {
  readonly #tab: Tab;
  #place: Place = $state.raw({ is: 'sockets' });

  constructor(tab: Tab) {
    this.#tab = tab;
    this.#follow();
    tab.addEventListener('hashchange', () => this.#follow());
  }

  get place(): Place {
    return this.#place;
  }

  /** The fragment that says so. */
  get hash(): string {
    return hashOf(this.#place);
  }

  /** Back to the lesson this tab was at, or to the list. */
  goToLessons(): void {
    const kept = placeOf(this.#tab.sessionStorage.getItem(key) ?? '');
    this.go(kept === null || kept.is === 'sockets' ? { is: 'lessons' } : kept);
  }

  go(place: Place): void {
    const before = this.#place;
    if (hashOf(before) === hashOf(place)) return;
    this.#stand(place);
    const { history, location } = this.#tab;
    const url = location.pathname + location.search + hashOf(place);
    if (isSamePlace(before, place)) history.replaceState(history.state, '', url);
    else history.pushState(null, '', url);
  }

  /** What is no place, such as a token, leaves the page where it is. */
  #follow(): void {
    this.#stand(placeOf(this.#tab.location.hash) ?? this.#place);
  }

  #stand(place: Place): void {
    this.#place = place;
    if (place.is !== 'sockets') this.#tab.sessionStorage.setItem(key, hashOf(place));
  }
}
