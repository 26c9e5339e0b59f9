/**
 * A stream of bytes → requests, in any slicing. Strict where leniency is dangerous: after a mistake nothing that follows
 * is read as a request. A line may end in LF alone (RFC 9112 §2.2), so that a request can be typed by hand.
 */
import { collectChunk, collectedBytes, nothingCollected } from '../bytes.ts';
import type { Collected } from '../bytes.ts';
import { readHead } from './framing.ts';
import type { Head } from './framing.ts';
import { isRefusal, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { readField, readRequestLine } from './request.ts';
import type { Field, RequestLine } from './request.ts';

type LinePhase =
  | { readonly at: 'request-line' }
  /** The lines so far, each of them a field. Read, the thousands that a head may be made of would be many times as large. */
  | { readonly at: 'fields'; readonly line: RequestLine; readonly fields: Collected }
  | { readonly at: 'chunk-size'; readonly head: Head }
  | { readonly at: 'chunk-end'; readonly head: Head }
  | { readonly at: 'trailers'; readonly head: Head };
type DataPhase =
  | { readonly at: 'body'; readonly head: Head; readonly left: number }
  | { readonly at: 'chunk'; readonly head: Head; readonly left: number };
type Phase = LinePhase | DataPhase | { readonly at: 'refused' };

export interface Parser {
  readonly phase: Phase;
  /** The line that has begun and not ended. */
  readonly line: Collected;
  /** Bytes of the lines before it that belong to the same head or trailers. */
  readonly lineBytes: number;
}

export type Found =
  | { readonly type: 'refusal'; readonly refusal: Refusal; readonly isHeadOnly: boolean }
  /** The peer waits for leave to send its body. */
  | { readonly type: 'expectation' }
  /** A whole request, body skipped. */
  | { readonly type: 'request'; readonly head: Head };

const mostLineBytes = 8192;
const lf = 0x0a;

export const newParser: Parser = { phase: { at: 'request-line' }, line: nothingCollected, lineBytes: 0 };

/** Reads the chunk to its end, or to the first refusal. */
export function parse(parser: Parser, data: Uint8Array): { parser: Parser; found: readonly Found[] } {
  const found: Found[] = [];
  let current = parser;
  for (let at = 0; at < data.length;) {
    const { phase } = current;
    if (phase.at === 'refused') break;
    const isData = phase.at === 'body' || phase.at === 'chunk';
    const taken = isData ? takeData(phase, data, at) : takeLine(current, phase, data, at);
    current = taken.parser;
    at = taken.next;
    if (taken.found) found.push(taken.found);
  }
  return { parser: current, found };
}

interface Went {
  readonly phase: Phase;
  readonly found?: Found;
}
interface Taken {
  readonly parser: Parser;
  readonly next: number;
  readonly found?: Found | undefined;
}

const finished = (head: Head): Went => ({ phase: { at: 'request-line' }, found: { type: 'request', head } });
const refused = (refusal: Refusal, phase: Phase): Went => ({
  phase: { at: 'refused' },
  found: { type: 'refusal', refusal, isHeadOnly: isHeadRequest(phase) },
});

/** No answer to HEAD has a body, a refusal neither (RFC 9110 §9.3.2). */
const isHeadRequest = (phase: Phase): boolean => methodOf(phase) === 'HEAD';

function methodOf(phase: Phase): string | null {
  if ('head' in phase) return phase.head.method;
  return 'line' in phase ? phase.line.method : null;
}

/** What the peer's FIN finds: nothing between requests, else a request cut short. */
export function parseEnd({ phase, line }: Parser): Found | null {
  const isBetween = phase.at === 'refused' || (phase.at === 'request-line' && line.size === 0);
  return isBetween ? null : { type: 'refusal', refusal: cutShort, isHeadOnly: isHeadRequest(phase) };
}

const cutShort = refuse(400, 'The request ended before it was whole (RFC 9112 §8).');

function takeData(phase: DataPhase, data: Uint8Array, at: number): Taken {
  const size = Math.min(phase.left, data.length - at);
  const went = afterData(phase, phase.left - size);
  return { parser: { ...newParser, phase: went.phase }, found: went.found, next: at + size };
}

function afterData(phase: DataPhase, left: number): Went {
  if (left > 0) return { phase: { ...phase, left } };
  return phase.at === 'body' ? finished(phase.head) : { phase: { at: 'chunk-end', head: phase.head } };
}

function takeLine(parser: Parser, phase: LinePhase, data: Uint8Array, at: number): Taken {
  const end = data.indexOf(lf, at);
  const next = end < 0 ? data.length : end + 1;
  const line = collectChunk(parser.line, data.subarray(at, next));
  const lineBytes = parser.lineBytes + line.size;
  const isTooLong = lineBytes > mostLineBytes;
  if (end < 0 && !isTooLong) return { parser: { ...parser, line }, next };
  const went = isTooLong ? refused(tooLong(phase), phase) : afterLine(phase, collectedBytes(line));
  const kept = goesOn(phase, went.phase) ? lineBytes : 0;
  return { parser: { phase: went.phase, line: nothingCollected, lineBytes: kept }, found: went.found, next };
}

/** One character a byte, without CR LF or LF. */
const textOf = (line: Uint8Array) => String.fromCharCode(...line).replace(/\r?\n$/, '');
const linesOf = (lines: Uint8Array) => String.fromCharCode(...lines).split(/\r?\n/);

/** Whether the next line counts towards the same limit. */
const goesOn = (before: Phase, after: Phase) =>
  after.at === 'fields' ||
  after.at === 'trailers' ||
  (before.at === 'request-line' && after.at === before.at);

function tooLong({ at }: LinePhase): Refusal {
  if (at === 'request-line')
    return refuse(414, `A request line is at most ${mostLineBytes} bytes here (RFC 9112 §3).`);
  if (at === 'chunk-size' || at === 'chunk-end') return badChunk;
  return refuse(431, `A head is at most ${mostLineBytes} bytes here (RFC 6585 §5).`);
}

const badChunk = refuse(400, 'A chunk is its size in hex, that many bytes, and a line end (RFC 9112 §7.1).');

function afterLine(phase: LinePhase, line: Uint8Array): Went {
  const text = textOf(line);
  switch (phase.at) {
    case 'request-line':
      return text === '' ? { phase } : afterRequestLine(phase, readRequestLine(text));
    case 'fields':
      return text === ''
        ? afterHead(phase, readHead(phase.line, fieldsOf(phase.fields)))
        : afterField(text, phase, { ...phase, fields: collectChunk(phase.fields, line) });
    case 'chunk-size':
      return afterChunkSize(phase, text);
    case 'chunk-end':
      return text === '' ? { phase: { at: 'chunk-size', head: phase.head } } : refused(badChunk, phase);
    case 'trailers':
      return text === '' ? finished(phase.head) : afterField(text, phase, phase);
  }
}

const afterRequestLine = (phase: LinePhase, line: RequestLine | Refusal): Went =>
  isRefusal(line) ? refused(line, phase) : { phase: { at: 'fields', line, fields: nothingCollected } };

/** A field is checked as it comes. Those of the trailers are forgotten. */
function afterField(text: string, before: LinePhase, after: LinePhase): Went {
  const field = readField(text);
  return isRefusal(field) ? refused(field, before) : { phase: after };
}

const fieldsOf = (lines: Collected): Field[] =>
  linesOf(collectedBytes(lines)).flatMap((line) => {
    const field = readField(line);
    return isRefusal(field) ? [] : [field];
  });

function afterHead(phase: LinePhase, head: Head | Refusal): Went {
  if (isRefusal(head)) return refused(head, phase);
  if (!head.isChunked && head.length === 0) return finished(head);
  const body: Phase = head.isChunked ? { at: 'chunk-size', head } : { at: 'body', head, left: head.length };
  return head.awaitsContinue ? { phase: body, found: { type: 'expectation' } } : { phase: body };
}

/** Any more digits than this would not be a safe integer. */
const chunkSize = /^([0-9a-f]{1,13})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i;

function afterChunkSize(phase: Extract<LinePhase, { at: 'chunk-size' }>, text: string): Went {
  const { head } = phase;
  const [, digits] = chunkSize.exec(text) ?? [];
  if (digits === undefined) return refused(badChunk, phase);
  const left = Number.parseInt(digits, 16);
  return { phase: left === 0 ? { at: 'trailers', head } : { at: 'chunk', head, left } };
}
