import * as z from 'zod/mini';
import type { Address } from '../events/address.ts';
import { encodeUtf8 } from '../payload/utf8.ts';
import { end } from './answering.ts';
import { defineBehaviour } from './behaviour.ts';
import type { Action, Input, Step } from './behaviour.ts';
import { concat } from '../payload/concat.ts';

/** The member's address while it is in the room. */
type Member = Address | null;

const tell = (...parts: readonly Uint8Array[]): Action => ({ type: 'tell', data: concat(parts) });
const say = (text: string): Action => tell(encodeUtf8(text));

const entered = ({ host, port }: Address) => say(`[${host}:${port}] entered room\n`);
const offline = ({ host, port }: Address) => say(`Client (${host}, ${port}) is offline\n`);
/** The address as Python prints its tuple. */
const prefix = ({ host, port }: Address) => encodeUtf8(`\r<('${host}', ${port})> `);

function step(member: Member, input: Input): Step<Member> {
  switch (input.type) {
    case 'joined':
      return { state: input.peer, actions: input.peer ? [entered(input.peer)] : [] };
    case 'received':
      return { state: member, actions: [tell(prefix(input.from), input.data)] };
    case 'ended':
      return { state: null, actions: member ? [offline(member), end] : [end] };
    case 'left':
      return { state: null, actions: member ? [offline(member)] : [] };
    default:
      return { state: member, actions: [] };
  }
}

/** A room: everyone hears everyone else, chunk by chunk, and who comes and goes (once, by FIN or RST). */
export const chat = defineBehaviour({
  options: z.strictObject({ name: z.literal('chat') }),
  summary: 'a room: everyone hears everyone else',
  serves: ['stream'],
  answersOn: [],
  start: (): Member => null,
  step,
});
