/** What each behaviour answers to one datagram, in Python. `data` is the datagram, `number` counts them from 0. */
import type { BehaviourConfig } from '../../behaviours/index.ts';
import { chargenBlock, daytimeAnswer, timeAnswer } from './services/clocks.ts';

export interface Answer {
  readonly imports: readonly string[];
  /** Lines before the first datagram. */
  readonly first: readonly string[];
  /** Lines before each answer. */
  readonly before: readonly string[];
  /** An expression; null where nothing is answered. */
  readonly answer: string | null;
  /** Whether it counts the datagrams. */
  readonly counts: boolean;
}

const plain = (answer: string | null): Answer => ({
  imports: [],
  first: [],
  before: [],
  answer,
  counts: false,
});

export function answerOf({ name }: BehaviourConfig): Answer {
  switch (name) {
    case 'echo':
      return plain('data');
    case 'ok':
      return plain('b"OK..." + data');
    case 'upper':
      return plain('data.upper()');
    case 'daytime':
      return { ...plain(null), ...daytimeAnswer };
    case 'time':
      return { ...plain(null), ...timeAnswer };
    case 'chargen':
      return { ...plain('block[:size]'), ...letters };
    // It answers nothing, or only streams have it.
    default:
      return plain(null);
  }
}

/** 0 to 512 characters: which, follows from the count of answers. */
const letters = {
  first: chargenBlock,
  before: ['size = (74 + number * 137) % 513'],
  counts: true,
} as const;
