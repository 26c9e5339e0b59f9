/**
 * Who may talk to the agent. Pure: it sees the head of a request and answers with the problem to refuse it with.
 * Every request passes `checkRequest`, an upgrade `checkUpgrade`. The token comes after both.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { OwnNames } from './names.ts';

/** What the guard looks at; an `IncomingMessage` is one. */
export interface RequestHead {
  readonly method?: string;
  readonly url?: string;
  readonly httpVersion: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
}

type Rule = (head: RequestHead, names: OwnNames) => Problem | null;

const longestEcho = 100;
const shown = (text: string) => (text.length > longestEcho ? `${text.slice(0, longestEcho)}…` : text);

/** Older versions have no Host header to check and newer ones are not spoken here. */
const onlyHttp11: Rule = ({ httpVersion }) =>
  httpVersion === '1.1' ? null : problem('http-version', { version: httpVersion });

/** Origin-form only (RFC 9112 §3.2.1): an absolute target would override Host. */
const originForm: Rule = ({ url = '' }) =>
  url.startsWith('/') && !url.startsWith('//')
    ? null
    : problem('bad-request', {
        message: 'The request target is not a path.',
        hint: 'Send the path alone, such as GET /api/sockets HTTP/1.1, and the name in the Host header.',
      });

/** Two Host headers, or none, would let two readers see two names (RFC 9112 §3.2). */
const oneHost: Rule = ({ rawHeaders }) => {
  const count = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (count === 1) return null;
  return problem('bad-request', {
    message: `The request has ${count === 0 ? 'no' : count} Host headers.`,
    hint: 'HTTP/1.1 asks for exactly one.',
  });
};

/** Against DNS rebinding: the name a browser was lured to is still in Host. */
const ownHost: Rule = ({ headers: { host = '' } }, names) =>
  names.ownsHost(host) ? null : problem('foreign-host', { host: shown(host) });

/** Scripts send no Origin; a browser sends it with everything that could do harm. `null` is nobody's. */
const ownOrigin: Rule = ({ headers: { origin } }, names) =>
  origin === undefined || names.ownsOrigin(origin)
    ? null
    : problem('foreign-origin', { origin: shown(origin) });

const ownSites = ['same-origin', 'none'];

/**
 * Fetch Metadata: what another site starts is refused. A person may still follow a link here, which only shows the page.
 * `same-site` is foreign too: another port of this computer is the same site.
 */
const ownSite: Rule = ({ method, headers }) => {
  const site = headers['sec-fetch-site'];
  if (site === undefined || (typeof site === 'string' && ownSites.includes(site))) return null;
  const followsLink = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return followsLink && method === 'GET' ? null : problem('foreign-origin', { origin: 'another site' });
};

/** A body in another coding would be read as what it is not (RFC 9112 §6.1). */
const plainBody: Rule = ({ headers: { 'transfer-encoding': coding = 'chunked' } }) =>
  coding.toLowerCase() === 'chunked'
    ? null
    : problem('bad-request', {
        message: `The transfer coding ${shown(coding)} is not known here.`,
        hint: 'Send the body with Content-Length, or chunked and nothing else.',
      });

const rules: readonly Rule[] = [onlyHttp11, originForm, plainBody, oneHost, ownHost, ownOrigin, ownSite];

/** Null when the request may go on. */
export function checkRequest(head: RequestHead, names: OwnNames): Problem | null {
  for (const rule of rules) {
    const refusal = rule(head, names);
    if (refusal) return refusal;
  }
  return null;
}

/** For a link an Origin is a must: only our own page has any business there, and browsers always send one. */
export function checkUpgrade(head: RequestHead, names: OwnNames): Problem | null {
  const refusal = checkRequest(head, names);
  if (refusal) return refusal;
  if (head.headers.origin === undefined)
    return problem('foreign-origin', { origin: 'nowhere (no Origin header)' });
  return head.method === 'GET' && head.url === linkPath ? null : elsewhere;
}

/** The one path that can be upgraded. */
export const linkPath = '/ws';
const elsewhere = problem('bad-request', {
  message: `Only GET ${linkPath} can be upgraded, and only to a WebSocket.`,
  hint: 'Send the request without an Upgrade header.',
});
