/** What the filter can be asked for in this run. */
import type { Offers } from '@socket-playground/shared/filter/complete.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';

const unique = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

export function offersOf(table: SocketTable, protocols: readonly string[]): Offers {
  const sockets = [...table.values()];
  const ends = sockets.flatMap(({ local, remote }) => [local, remote]).filter((end) => end !== null);
  return {
    sockets: [...table.keys()],
    ports: unique(ends.map(({ port }) => port)),
    hosts: unique(ends.map(({ host }) => host)),
    protocols,
  };
}
