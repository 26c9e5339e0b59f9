/** The words beside payloads in which a secret may stand: what people named, and what failed. */
import type { SocketEvent } from '../../events/event.ts';
import type { SocketState } from '../../events/state.ts';

/** Answers the same text, or what is to stand in its place. */
type Words = (text: string) => string;

/** The event with its texts as `words` answers them. */
export function withWords(event: SocketEvent, words: Words): SocketEvent {
  switch (event.type) {
    case 'opened':
      return event.label === null ? event : { ...event, label: words(event.label) };
    case 'resolved':
      return { ...event, host: words(event.host) };
    case 'failed':
      return { ...event, message: words(event.message), hint: words(event.hint) };
    default:
      return event;
  }
}

/** The same for what a file says of sockets that were open before its first event. */
export function stateWithWords(state: SocketState, words: Words): SocketState {
  const { label, lastFailure } = state;
  return {
    ...state,
    label: label === null ? null : words(label),
    lastFailure: lastFailure && {
      ...lastFailure,
      message: words(lastFailure.message),
      hint: words(lastFailure.hint),
    },
  };
}
