/**
 * Finds bytes and patterns behind the first bytes of each payload, which are all that the page has: it asks the link, range by range,
 * and remembers what was found. Until all is looked through, `isDone` says that a filter may miss something.
 */
import type { Sought } from '@socket-playground/shared/wire/look.ts';
import type { SearchAnswer, SearchQuery } from '../../link/link.ts';
import { limits } from '../limits.ts';

export type Needle = Sought;

type Ask = (query: SearchQuery) => Promise<SearchAnswer>;

function keyOf(needle: Needle): string {
  if (needle.is === 'pattern') return needle.words;
  return `${needle.anyCase ? 'any' : 'same'} ${needle.bytes.join(' ')}`;
}

/**
 * Of a payload that may go on behind its first bytes nothing follows for a pattern: where they are all there is, nobody
 * knows that before it was asked.
 */
const longerThan = ({ is }: Needle) => (is === 'pattern' ? limits.prefixBytes - 1 : limits.prefixBytes);

const nothing: ReadonlySet<number> = new Set();

/** One needle, and how far it was looked for. */
class Quest {
  readonly needle: Needle;
  readonly found = new Set<number>();
  /** Events up to this one are wanted, and were looked through. */
  wanted = 0;
  done = 0;
  isAtWork = false;
  readonly stop = new AbortController();

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
    for (const key of this.#quests.keys()) if (!wanted.has(key)) this.#drop(key);
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
    for (const key of this.#quests.keys()) this.#drop(key);
    this.#quests = new Map();
    this.#finds += 1;
    this.#progress += 1;
  }

  #drop(key: string): void {
    this.#quests.get(key)?.stop.abort();
    this.#quests.delete(key);
  }

  /** Rows that come meanwhile are looked through in one go after a moment, so that a flood is not asked about row by row. */
  async #pursue(key: string, quest: Quest): Promise<void> {
    quest.isAtWork = true;
    while (quest.done < quest.wanted) {
      const to = quest.wanted;
      const { needle: what, stop } = quest;
      const range = { from: quest.done + 1, to, longerThan: longerThan(what) };
      const answer = await this.#ask({ what, ...range, signal: stop.signal });
      // What cannot be looked for stays so: it is not asked about again.
      if (answer.is === 'refused') return;
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
