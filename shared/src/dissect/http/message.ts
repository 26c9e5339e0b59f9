/** One request or response: start line, header fields, body (RFC 9112 §2.1). */
import { latin1 } from '../latin1.ts';
import { textOf } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { body } from './body.ts';
import { headers } from './headers.ts';
import type { Headers } from './headers.ts';
import { lineLength } from './line.ts';

interface Start {
  readonly info: string;
  readonly isResponse: boolean;
  readonly hasBody: boolean;
}

const lead = /^(?:HTTP\/1\.\d |[A-Z][A-Z-]* )/;
const request = /^([A-Z-]+) (\S+) (HTTP\/1\.\d)$/;
const response = /^(HTTP\/1\.\d) (\d{3})(?: (.*))?$/;
const longestLead = 26;

/** Reads one message and returns its line for the log; null when none begins here. */
export function message(reading: Reading): string | null {
  if (!lead.test(latin1(reading.ahead(longestLead)))) return null;
  let info = '';
  const isResponse = latin1(reading.ahead(5)) === 'HTTP/';
  reading.group(isResponse ? 'Response' : 'Request', (inner) => {
    const start = startLine(inner, isResponse);
    const known = headers(inner);
    if (start.hasBody) body(inner, known, isResponse);
    info = start.info + about(known);
    return start.info;
  });
  return info;
}

function startLine(reading: Reading, isResponse: boolean): Start {
  let start: Start = { info: '', isResponse, hasBody: true };
  const length = lineLength(reading.ahead());
  reading.group(
    isResponse ? 'Status line' : 'Request line',
    (inner) => {
      const text = latin1(inner.ahead()).replace(/\r?\n$/, '');
      start = isResponse ? statusLine(inner, text) : requestLine(inner, text);
      return start.info;
    },
    length,
  );
  return start;
}

function requestLine(reading: Reading, text: string): Start {
  const info = textOf(reading.ahead(text.length));
  const [, method, target, version] = request.exec(text) ?? [];
  if (method !== undefined && target !== undefined && version !== undefined) {
    part(reading, 'Method', method);
    part(reading, 'Target', target);
    part(reading, 'Version', version);
  }
  return { info, isResponse: false, hasBody: true };
}

/** Informational, 204 and 304 responses have no body, whatever their fields say (RFC 9112 §6.3). */
function statusLine(reading: Reading, text: string): Start {
  const info = textOf(reading.ahead(text.length));
  const [, version, status, reason = ''] = response.exec(text) ?? [];
  if (version !== undefined && status !== undefined) {
    part(reading, 'Version', version);
    part(reading, 'Status', status);
    if (reason !== '') part(reading, 'Reason', reason);
  }
  const bodiless = status !== undefined && (status.startsWith('1') || status === '204' || status === '304');
  return { info, isResponse: true, hasBody: !bodiless };
}

/** A word and the space behind it; the space belongs to the whole line alone. */
function part(reading: Reading, name: string, word: string): void {
  reading.text(name, word.length);
  reading.skip(1);
}

function about({ type, upgrade }: Headers): string {
  if (upgrade !== null) return `, upgrade to ${upgrade}`;
  return type === null ? '' : ` (${type})`;
}
