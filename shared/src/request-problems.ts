/** Why the agent does not take a request or a link, whatever it asks for. */
import { kind } from './problem-kind.ts';
import type { Field } from './problem-kind.ts';

export const requestProblems = {
  unauthorized: kind<null>(401, () => ({
    message: 'The token is missing or not the one of this run.',
    hint: 'Send "Authorization: Bearer <token>" with the token of the link the agent printed when it started.',
  })),
  'foreign-origin': kind<{ origin: string }>(403, ({ origin }) => ({
    message: `Pages from ${origin} may not use this agent.`,
    hint: 'Open the link the agent printed, or start the agent with --origin for one more address.',
  })),
  'foreign-host': kind<{ host: string }>(421, ({ host }) => ({
    message: `This agent does not answer to the name ${host}.`,
    hint: 'Use the address of the link the agent printed, or start the agent with --origin for one more.',
  })),
  'bad-request': kind<Field>(400, (field) => field),
  'no-such-route': kind<{ method: string; path: string }>(404, ({ method, path }) => ({
    message: `There is nothing at ${method} ${path}.`,
    hint: 'GET /api/openapi.json lists every route.',
  })),
  'method-not-allowed': kind<{ method: string; allow: string }>(405, ({ method, allow }) => ({
    message: `There is no ${method} here.`,
    hint: `Use ${allow}. GET /api/openapi.json lists every route.`,
  })),
  'http-version': kind<{ version: string }>(505, ({ version }) => ({
    message: `This agent does not speak HTTP/${version}.`,
    hint: 'Send the request as HTTP/1.1.',
  })),
  'headers-too-large': kind<null>(431, () => ({
    message: 'The header lines are too large.',
    hint: 'Send fewer or shorter headers; data belongs in the body.',
  })),
  'too-slow': kind<null>(408, () => ({
    message: 'The request took too long to arrive.',
    hint: 'Send the whole request within a few seconds.',
  })),
  'too-large': kind<{ most: number }>(413, ({ most }) => ({
    message: `The request is larger than ${most} bytes.`,
    hint: 'Send large data in several commands.',
  })),
  'too-many-requests': kind<{ most: number }>(429, ({ most }) => ({
    message: `${most} requests of this connection are not answered yet.`,
    hint: 'Wait for answers before sending more. Nothing behind this request was begun, and the connection ends.',
  })),
  'too-many-links': kind<{ most: number }>(503, ({ most }) => ({
    message: `${most} links have not said who they are yet.`,
    hint: 'Try again in a few seconds: a link that stays silent is closed.',
  })),
  'too-many-followers': kind<{ most: number }>(503, ({ most }) => ({
    message: `${most} programs read the events already.`,
    hint: 'Stop one that follows them, or wait until another has read to the end.',
  })),
} as const;
