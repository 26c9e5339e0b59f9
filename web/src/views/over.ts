import type { LinkStatus } from '../store/store.svelte.ts';

/** Why nothing can be done any more to the sockets that are shown; null while their run goes on. */
export type Over = 'restarted' | 'recording' | null;

export const overSays = {
  restarted: 'The agent was restarted: the sockets of its earlier run are closed.',
  recording: 'A recording: its sockets are long closed, nothing can be sent.',
} as const satisfies Record<NonNullable<Over>, string>;

const awaySays = 'The agent does not answer: nothing is opened, sent or closed until it does.';

/** Why nothing can be commanded; null while the agent answers. Before the first connection (`met`) it is just on its way. */
export function haltWords({ is }: LinkStatus, met: boolean): string | null {
  switch (is) {
    case 'lost':
      return awaySays;
    case 'connecting':
      return met ? awaySays : null;
    case 'refused':
      return 'The agent was restarted, and this page belongs to the run before: nothing can be opened here.';
    case 'mismatch':
      return 'Page and agent are of different versions: nothing can be done before the page is loaded again.';
    default:
      return null;
  }
}
