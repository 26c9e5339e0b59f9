/** Answers as bytes (RFC 9112 §4, RFC 9110 §6). */
import { encodeUtf8 } from '../../payload/utf8.ts';
import type { Head } from './framing.ts';
import { reasons } from './refusal.ts';
import type { Refusal, Status } from './refusal.ts';
import { isServed, servedMethods } from './request.ts';

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

const escapeHtml = (text: string) =>
  text.replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? '');

/** Title and paragraph are text, not HTML. */
const page = (title: string, paragraph: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(paragraph)}</p>
<p>This page comes from the http behaviour of Socket Playground: a TCP server that answers in HTTP/1.1.</p>
</html>
`;

interface Response {
  readonly status: Status;
  readonly page: string;
  /** Further fields, each a whole line. */
  readonly fields: readonly string[];
  readonly isHeadOnly: boolean;
}

function write({ status, page: html, fields, isHeadOnly }: Response, nowMs: number): Uint8Array {
  const head = [
    `HTTP/1.1 ${status} ${reasons[status]}`,
    `Date: ${new Date(nowMs).toUTCString()}`,
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${encodeUtf8(html).length}`,
    ...fields,
  ];
  return encodeUtf8(`${head.join('\r\n')}\r\n\r\n${isHeadOnly ? '' : html}`);
}

const closing = 'Connection: close';

function connectionFields({ isOld, keepsAlive }: Head): string[] {
  if (!keepsAlive) return [closing];
  return isOld ? ['Connection: keep-alive'] : [];
}

/** The answer to a whole request. */
export function respond(head: Head, nowMs: number): Uint8Array {
  const { method, target } = head;
  const served = isServed(method);
  const known = served && method !== 'OPTIONS' ? [] : [`Allow: ${servedMethods.join(', ')}`];
  const html = served
    ? page('It works', `The request was ${method} ${target}.`)
    : page(reasons[501], `The method ${method} is not one this server knows (RFC 9110 §9.1).`);
  return write(
    {
      status: served ? 200 : 501,
      page: html,
      fields: [...known, ...connectionFields(head)],
      isHeadOnly: method === 'HEAD',
    },
    nowMs,
  );
}

/** The answer to what is no request that can be served; the connection ends after it. */
export function respondRefusal(
  { refused, because }: Refusal,
  isHeadOnly: boolean,
  nowMs: number,
): Uint8Array {
  const html = page(`${refused} ${reasons[refused]}`, because);
  return write({ status: refused, page: html, fields: [closing], isHeadOnly }, nowMs);
}

/** Leave to send the body (RFC 9110 §15.2.1). */
export const continueResponse = encodeUtf8('HTTP/1.1 100 Continue\r\n\r\n');
