/**
 * Finds bytes behind the first ones of each payload, which are all that the page has: it asks the link, range by range,
 * and remembers what was found. Until all is looked through, `isDone` says that a filter may miss something.
 */
import type { SearchAnswer, SearchQuery } from '../link/link.ts';
import { limits } from './limits.ts';

/** What to look for. */
export interface Needle {
  readonly bytes: Uint8Array;
  readonly anyCase: boolean;
}

type Ask = (query: SearchQuery) => Promise<SearchAnswer>;

const keyOf = ({ bytes, anyCase }: Needle) => `${anyCase ? 'any' : 'same'} ${bytes.join(' ')}`;
const nothing: ReadonlySet<number> = new Set();

/** One needle, and how far it was looked for. */
class Quest {
  readonly needle: Needle;
  readonly found = new Set<number>();
  /** Events up to this one are wanted, and were looked through. */
  wanted = 0;
  done = 0;
  isAtWork = false;

  constructor(needle: Needle) {
    this.needle = needle;
  }
}

export class DeepSearch {
  readonly #ask: Ask;
  #quests = new Map<string, Quest>();
  #finds = $state.raw(0);
  #progress = $state.raw(0);

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Looks for these up to event `to`, and for nothing else any more. Goes on where it was. */
  look(needles: readonly Needle[], to: number): void {
    const wanted = new Map(needles.map((needle) => [keyOf(needle), needle]));
    for (const key of this.#quests.keys()) if (!wanted.has(key)) this.#quests.delete(key);
    for (const [key, needle] of wanted) {
      const quest = this.#quests.get(key) ?? new Quest(needle);
      this.#quests.set(key, quest);
      quest.wanted = Math.max(quest.wanted, to);
      if (!quest.isAtWork && quest.done < to) void this.#pursue(key, quest);
    }
  }

  /** The events whose payload is known to hold the needle somewhere. */
  found(needle: Needle): ReadonlySet<number> {
    return (this.#finds, this.#quests).get(keyOf(needle))?.found ?? nothing;
  }

  /** Whether every one of these was looked for up to event `to`. */
  isDone(needles: readonly Needle[], to: number): boolean {
    return needles.every((needle) => ((this.#progress, this.#quests).get(keyOf(needle))?.done ?? 0) >= to);
  }

  /** Another run numbers its events from 1 again. */
  restart(): void {
    this.#quests = new Map();
    this.#finds += 1;
    this.#progress += 1;
  }

  /** Rows that come meanwhile are looked through in one go after a moment, so that a flood is not asked about row by row. */
  async #pursue(key: string, quest: Quest): Promise<void> {
    quest.isAtWork = true;
    while (quest.done < quest.wanted) {
      const to = quest.wanted;
      const range = { from: quest.done + 1, to, longerThan: limits.prefixBytes };
      const answer = await this.#ask({ ...quest.needle, ...range });
      if (this.#quests.get(key) !== quest || answer.is === 'unreachable') break;
      this.#learn(quest, answer.seqs, answer.next === null ? to : answer.next - 1);
      if (quest.done === to) await new Promise((resolve) => setTimeout(resolve, limits.deepPauseMs));
    }
    quest.isAtWork = false;
  }

  #learn(quest: Quest, seqs: readonly number[], done: number): void {
    for (const seq of seqs) quest.found.add(seq);
    quest.done = done;
    this.#progress += 1;
    if (seqs.length > 0) this.#finds += 1;
  }
}
