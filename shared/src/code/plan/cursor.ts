import type { EventOf, OwnEvent } from '../../events/event.ts';
import type { Told } from '../story.ts';

/** Goes through what is told of one socket, once. */
export class Cursor {
  readonly #told: readonly Told[];
  #at = 0;

  constructor(told: readonly Told[]) {
    this.#told = told;
  }

  /** What comes next, or further on, and stays. */
  peek(ahead = 0): Told | undefined {
    return this.#told[this.#at + ahead];
  }

  take(): Told | undefined {
    const next = this.peek();
    if (next !== undefined) this.#at += 1;
    return next;
  }

  /** Takes what comes next if it is of this type. */
  takeIf<Type extends OwnEvent['type']>(type: Type): EventOf<Type> | null {
    const next = this.peek();
    if (!isOf(next, type)) return null;
    this.#at += 1;
    return next;
  }

  /** Takes so many without a look. */
  skip(count: number): readonly number[] {
    const skipped = this.#told.slice(this.#at, this.#at + count);
    this.#at += skipped.length;
    return skipped.map(({ seq }) => seq);
  }

  get isOver(): boolean {
    return this.peek() === undefined;
  }

  /** Whether any of these is still to come. */
  hasAhead(...types: readonly OwnEvent['type'][]): boolean {
    return this.#told.slice(this.#at).some((event) => event.type !== 'omitted' && types.includes(event.type));
  }
}

/** Whether there is an event and it is of this type. */
export function isOf<Type extends OwnEvent['type']>(
  event: Told | undefined,
  type: Type,
): event is EventOf<Type> {
  return event?.type === type;
}
