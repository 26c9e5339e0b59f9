import * as z from 'zod/mini';
import { end, send } from './answering.ts';
import { defineBehaviour } from './behaviour.ts';
import type { Action, Input, Step, Surroundings } from './behaviour.ts';
import { newParser, parse, parseEnd } from './http/parser.ts';
import type { Found, Parser } from './http/parser.ts';
import { continueResponse, respond, respondRefusal } from './http/response.ts';

/** What is found after an answer that closes is not answered: nobody reads it (RFC 9112 §9.6). */
function answersTo(found: readonly Found[], nowMs: number): Action[] {
  const actions: Action[] = [];
  for (const item of found) {
    if (item.type === 'refusal')
      return [...actions, send(respondRefusal(item.refusal, item.isHeadOnly, nowMs)), end];
    if (item.type === 'expectation') {
      actions.push(send(continueResponse));
    } else {
      actions.push(send(respond(item.head, nowMs)));
      if (!item.head.keepsAlive) return [...actions, end];
    }
  }
  return actions;
}

function step(parser: Parser, input: Input, { nowMs }: Surroundings): Step<Parser> {
  if (input.type === 'received') {
    const { parser: state, found } = parse(parser, input.data);
    return { state, actions: answersTo(found, nowMs) };
  }
  if (input.type !== 'ended') return { state: parser, actions: [] };
  const found = parseEnd(parser);
  return { state: parser, actions: found ? answersTo([found], nowMs) : [end] };
}

/** A tiny HTTP/1.1 server (RFC 9110, RFC 9112): the same small page for every target, and a reason for every refusal. */
export const http = defineBehaviour({
  options: z.strictObject({ name: z.literal('http') }),
  summary: 'a tiny HTTP/1.1 server',
  serves: ['stream'],
  answersOn: [],
  start: () => newParser,
  step,
});
