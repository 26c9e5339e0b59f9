/**
 * Why the agent can be commanded to do nothing now. What commands it keeps its place and the focus meanwhile, does nothing,
 * and is described by the reason, which stands once in the page.
 */
import { getContext, setContext } from 'svelte';

/** Of the one element that says it. */
export const haltId = 'halt';

export interface Halt {
  /** The reason; null while commands go. */
  readonly says: string | null;
  readonly isOn: boolean;
  /** What describes a control that commands; undefined while commands go. */
  readonly describedby: string | undefined;
  /** Whether nothing can be commanded now; then the reason is told, to who used no button that has it. */
  stops(): boolean;
}

/** Under which components find it. */
export const haltKey = Symbol('halt');
const none: Halt = { says: null, isOn: false, describedby: undefined, stops: () => false };

/** For everything below the component that calls this. */
export function provideHalt(says: () => string | null, stops: () => boolean): Halt {
  return setContext<Halt>(haltKey, {
    stops,
    get says() {
      return says();
    },
    get isOn() {
      return says() !== null;
    },
    get describedby() {
      return says() === null ? undefined : haltId;
    },
  });
}

/** Where nobody provides one, nothing is ever halted. */
export const useHalt = (): Halt => getContext<Halt | undefined>(haltKey) ?? none;
