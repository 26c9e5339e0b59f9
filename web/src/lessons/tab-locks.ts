/** Names that are held as long as a tab is open: the one thing of a closed tab that others can notice. */
export interface TabLocks {
  /** Until this tab is gone. False: another tab has held it all that time. */
  readonly take: (name: string, withinMs: number) => Promise<boolean>;
  readonly isFree: (name: string) => Promise<boolean>;
}

/** With the Web Locks of a browser. Where it has none, every name can be had and none is free: then nothing is thought left. */
export function tabLocks(locks: LockManager | undefined): TabLocks {
  return {
    take: (name, withinMs) =>
      new Promise((resolve) => {
        if (locks === undefined) return resolve(true);
        const hold = () => {
          resolve(true);
          return new Promise(() => undefined);
        };
        locks.request(name, { signal: AbortSignal.timeout(withinMs) }, hold).catch(() => resolve(false));
      }),
    isFree: async (name) =>
      locks !== undefined && (await locks.request(name, { ifAvailable: true }, (lock) => lock !== null)),
  };
}
