/** Names that are held as long as a tab is open: the one thing of a closed tab that others can notice. */
export interface TabLocks {
  /** Until this tab is gone. */
  readonly hold: (name: string) => void;
  readonly isFree: (name: string) => Promise<boolean>;
}

/** With the Web Locks of a browser. Where it has none, every name is taken: then nothing is thought left. */
export function tabLocks(locks: LockManager | undefined): TabLocks {
  return {
    hold: (name) => void locks?.request(name, () => new Promise(() => undefined)),
    isFree: async (name) =>
      locks !== undefined && (await locks.request(name, { ifAvailable: true }, (lock) => lock !== null)),
  };
}
