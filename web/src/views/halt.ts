/**
 * Why the agent can be commanded to do nothing now. What commands it keeps its place and the focus meanwhile, does nothing,
 * and is described by the reason, which stands once in the page.
 */
import { getContext, setContext } from 'svelte';

/** Of the one element that says it. */
export const haltId = 'halt';

/** What a control that commands shows while it can do nothing: spread last over its other attributes. */
interface Marks {
  readonly 'aria-disabled'?: 'true';
  readonly 'aria-describedby'?: string;
  readonly 'data-halted'?: '';
}

export interface Halt {
  /** The reason; null while commands go. */
  readonly says: string | null;
  readonly marks: Marks;
}

const key = Symbol('halt');
const marks: Marks = { 'aria-disabled': 'true', 'aria-describedby': haltId, 'data-halted': '' };
const none: Halt = { says: null, marks: {} };

/** For everything below the component that calls this. */
export function provideHalt(says: () => string | null): Halt {
  return setContext<Halt>(key, {
    get says() {
      return says();
    },
    get marks() {
      return says() === null ? none.marks : marks;
    },
  });
}

/** Where nobody provides one, nothing is ever halted. */
export const useHalt = (): Halt => getContext<Halt | undefined>(key) ?? none;
