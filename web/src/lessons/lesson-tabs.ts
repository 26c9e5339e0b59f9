/**
 * The lessons that stand in the tabs of this browser. A tab that is reloaded goes on with its lesson; one that was
 * closed says nothing to anybody, so each tab notes what it stands on where the others can read it, and holds a lock
 * that ends with it. Whoever opens lessons later closes what has no tab any more.
 */
import * as z from 'zod/mini';
import type { Standing } from './left-behind.ts';
import { limits } from './limits.ts';
import { madeShape, sceneShape } from './scene-shape.ts';
import { storeIn } from '../store/kept/store-in.ts';
import { storedJson } from '../store/kept/stored-json.ts';
import type { TabLocks } from './tab-locks.ts';

const prefix = 'lesson-tab:';
const idKey = 'tab';
/** A tab that is reloaded may find its lock held for a moment by what it was before; one that was duplicated, for good. */
const ownMs = 1_000;
/** A tab that is reloaded is without its lock for a moment. */
const reloadMs = 3_000;
/** One that has just been closed may hold its lock for a moment still: who finds none looks once more. */
const looks = 2;

const standing = z.strictObject({ epoch: z.string(), scene: sceneShape, made: madeShape });

export interface TabsWorld {
  /** Shared by the tabs of this browser. */
  readonly storage: Storage;
  /** Of this tab alone, also after a reload. */
  readonly session: Pick<Storage, 'getItem' | 'setItem'>;
  readonly locks: TabLocks;
  readonly sleep: (ms: number) => Promise<void>;
  readonly newId: () => string;
}

export class LessonTabs {
  readonly #world: TabsWorld;
  #key: string;
  /** Whether what is stored for this tab is its own: a tab that was duplicated begins with all that the first one has. */
  readonly isOwn: Promise<boolean>;

  constructor(world: TabsWorld) {
    this.#world = world;
    this.#key = this.#called(world.session.getItem(idKey) ?? world.newId());
    this.isOwn = this.#settle();
  }

  /** What this tab stands on is still noted: no other tab took it for left. */
  get isNoted(): boolean {
    return this.#world.storage.getItem(this.#key) !== null;
  }

  /** Where the browser has no room for it, the lesson goes on all the same: only nobody clears up after this tab. */
  note({ epoch, scene, made }: Standing): void {
    const text = JSON.stringify({ epoch, scene, made });
    const { storage } = this.#world;
    if (storage.getItem(this.#key) !== text) storeIn(storage, this.#key, text);
  }

  forget(): void {
    this.#world.storage.removeItem(this.#key);
  }

  /** What tabs stood on that are closed now. It is told once: whoever asks closes it. */
  async left(): Promise<readonly Standing[]> {
    for (let look = 0; look < looks && this.#others().length > 0; look += 1) {
      const gone = await this.#goneOf(this.#others());
      await this.#world.sleep(reloadMs);
      const left = await this.#goneOf(gone);
      if (left.length > 0) return left.flatMap((key) => this.#take(key));
    }
    return [];
  }

  async #settle(): Promise<boolean> {
    const { locks, newId } = this.#world;
    if (await locks.take(this.#key, ownMs)) return true;
    this.#key = this.#called(newId());
    await locks.take(this.#key, ownMs);
    return false;
  }

  #called(id: string): string {
    this.#world.session.setItem(idKey, id);
    return prefix + id;
  }

  #others(): readonly string[] {
    const { storage } = this.#world;
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    return keys.filter((key) => key.startsWith(prefix) && key !== this.#key).slice(0, limits.tabs);
  }

  async #goneOf(keys: readonly string[]): Promise<readonly string[]> {
    const gone = await Promise.all(keys.map((key) => this.#world.locks.isFree(key)));
    return keys.filter((_, index) => gone[index]);
  }

  #take(key: string): readonly Standing[] {
    const { storage } = this.#world;
    const read = standing.safeParse(storedJson(storage.getItem(key)));
    storage.removeItem(key);
    return read.success ? [read.data] : [];
  }
}
