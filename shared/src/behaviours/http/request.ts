/** The head of a request, line by line (RFC 9112 §3, §5). Lines come without their end, one character a byte. */
import { withoutBlanks } from '../../blanks.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  /** HTTP/1.0 rather than 1.1. */
  readonly isOld: boolean;
}

export interface Field {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

const token = String.raw`[!#$%&'*+.^_\x60|~0-9A-Za-z-]+`;
const requestLine = new RegExp(`^(${token}) ([\\x21-\\x7e]+) HTTP/(\\d)\\.(\\d)$`);
const withoutVersion = new RegExp(`^${token} [\\x21-\\x7e]+ ?$`);
const fieldLine = new RegExp(`^(${token}):([\\t\\x20-\\x7e\\x80-\\xff]*)$`);
const resourceTarget = /^(?:\/|https?:\/\/)/i;

export const servedMethods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'] as const;

export const isServed = (method: string): boolean => servedMethods.some((served) => served === method);

export function readRequestLine(line: string): RequestLine | Refusal {
  const [, method, target, major, minor] = requestLine.exec(line) ?? [];
  if (method === undefined || target === undefined) return refuse(400, whyNoRequestLine(line));
  if (major !== '1') return refuse(505, 'This server speaks HTTP/1.1 and HTTP/1.0 (RFC 9110 §15.6.6).');
  const fits = resourceTarget.test(target) || (target === '*' && method === 'OPTIONS') || !isServed(method);
  if (!fits) return refuse(400, 'The request target begins with "/" or "http://" (RFC 9112 §3.2).');
  return { method, target, isOld: minor === '0' };
}

const whyNoRequestLine = (line: string) =>
  withoutVersion.test(line)
    ? 'The request line names no version: it ends in HTTP/1.1 (RFC 9112 §3).'
    : 'The first line is a method, a target and HTTP/1.1, with one space between each (RFC 9112 §3).';

export function readField(line: string): Field | Refusal {
  const [, name, value] = fieldLine.exec(line) ?? [];
  if (name === undefined || value === undefined) {
    return refuse(
      400,
      'A header field is a name, a colon and a value on one line, without a space before the colon (RFC 9112 §5).',
    );
  }
  return { name: name.toLowerCase(), value: value.slice(...withoutBlanks(value)) };
}
