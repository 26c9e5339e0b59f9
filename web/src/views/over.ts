/** Why nothing can be done any more to the sockets that are shown; null while their run goes on. */
export type Over = 'restarted' | 'recording' | null;

export const overSays = {
  restarted: 'The agent was restarted: the sockets of its earlier run are closed.',
  recording: 'A recording: its sockets are long closed, nothing can be sent.',
} as const satisfies Record<NonNullable<Over>, string>;
