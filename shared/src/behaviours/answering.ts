/** What the behaviours that answer each chunk or datagram by itself have in common. */
import { encodeUtf8 } from '../payload/utf8.ts';
import type { Action, Input, Step, Surroundings } from './behaviour.ts';
import { concat } from '../payload/concat.ts';

export const send = (data: Uint8Array): Action => ({ type: 'send', data });
export const end: Action = { type: 'end' };

const ok = encodeUtf8('OK...');
/** `OK...` and what arrived. */
export const okAnswer = (data: Uint8Array): Uint8Array => concat([ok, data]);

/** For a name and nothing else, or with `once`. */
interface MaybeOnce {
  readonly name: string;
  readonly once?: boolean | undefined;
}

/**
 * Answers each chunk or datagram, and the peer's FIN with its own. With `once` the first answer is the last:
 * FIN on a stream, close for a datagram socket.
 */
export function answering(answer: (data: Uint8Array) => Uint8Array) {
  return {
    start: ({ once = false }: MaybeOnce) => once,
    step: (once: boolean, input: Input, { socketType }: Surroundings): Step<boolean> => {
      if (input.type === 'ended') return { state: once, actions: [end] };
      if (input.type !== 'received') return { state: once, actions: [] };
      const last: Action[] = once ? [socketType === 'stream' ? end : { type: 'close' }] : [];
      return { state: once, actions: [send(answer(input.data)), ...last] };
    },
  };
}

/** Serves a moment of the clock: on a stream it is sent at once and the stream ends, a datagram socket answers with it. */
export function announcing(announcement: (nowMs: number) => Uint8Array) {
  return (input: Input, { nowMs, socketType }: Surroundings): readonly Action[] => {
    if (socketType === 'dgram') return input.type === 'received' ? [send(announcement(nowMs))] : [];
    return input.type === 'joined' ? [send(announcement(nowMs)), end] : [];
  };
}
