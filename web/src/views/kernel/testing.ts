/** For tests: a kernel that says the same of every socket, and tells who asks. */
import type { Glimpse, Kernel } from '../../store/asked/kernel-sight.svelte.ts';

export interface TestKernel extends Kernel {
  readonly followed: readonly number[];
}

export function kernelOf(glimpse: Glimpse): TestKernel {
  const followed: number[] = [];
  return {
    followed,
    of: () => glimpse,
    follow: (sockets) => {
      followed.push(...sockets);
      return () => undefined;
    },
  };
}

export const queueOfSize = (waiting: number, room: number): Glimpse => ({
  is: 'seen',
  as: { socket: 1, state: 'LISTEN', waiting, room },
});
