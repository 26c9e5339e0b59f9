/** What the fields of a request say about its body and about the connection (RFC 9112 §3.2, §6, §9.3). */
import { withoutBlanks } from '../../blanks.ts';
import { isRefusal, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Field, RequestLine } from './request.ts';

export interface Head extends RequestLine {
  /** Bytes of the body; with `chunked` they announce themselves. */
  readonly length: number;
  readonly isChunked: boolean;
  readonly keepsAlive: boolean;
  /** The peer waits for a 100 before it sends the body. */
  readonly awaitsContinue: boolean;
}

const hostValue = /^(?:\[[0-9a-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;
const decimal = /^\d+$/;

export function readHead(line: RequestLine, fields: readonly Field[]): Head | Refusal {
  const { isOld } = line;
  const values = (name: string) => fields.filter((field) => field.name === name).map(({ value }) => value);
  const wrongHost = hostRefusal(values('host'), isOld);
  if (wrongHost) return wrongHost;
  const body = readBody(values('content-length'), values('transfer-encoding'), isOld);
  if (isRefusal(body)) return body;
  const expects = isOld ? [] : tokensOf(values('expect'));
  if (expects.some((expectation) => expectation !== '100-continue')) {
    return refuse(417, 'The only expectation there is to meet is 100-continue (RFC 9110 §10.1.1).');
  }
  const connection = tokensOf(values('connection'));
  return {
    ...line,
    ...body,
    keepsAlive: !connection.includes('close') && (!isOld || connection.includes('keep-alive')),
    awaitsContinue: expects.length > 0 && (body.isChunked || body.length > 0),
  };
}

/** The members of list fields, in lower case (RFC 9110 §5.6.1). */
const tokensOf = (values: readonly string[]): string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((member) => member.slice(...withoutBlanks(member)).toLowerCase())
    .filter((member) => member !== '');

function hostRefusal(hosts: readonly string[], isOld: boolean): Refusal | null {
  if (hosts.length === 0 && !isOld)
    return refuse(400, 'An HTTP/1.1 request has a Host field (RFC 9112 §3.2).');
  if (hosts.length > 1) return refuse(400, 'A request has one Host field, not several (RFC 9112 §3.2).');
  if (!hosts.every((host) => hostValue.test(host))) {
    return refuse(400, 'The Host field is a name or an address, and a port if need be (RFC 9112 §3.2).');
  }
  return null;
}

type Body = Pick<Head, 'length' | 'isChunked'>;

function readBody(lengths: readonly string[], encodings: readonly string[], isOld: boolean): Body | Refusal {
  if (encodings.length > 0) return readTransferEncoding(lengths, encodings, isOld);
  const [length = '0', ...more] = lengths;
  if (more.length > 0) return refuse(400, 'A request has one Content-Length, not several (RFC 9112 §6.3).');
  if (!decimal.test(length))
    return refuse(400, 'Content-Length is a decimal number of bytes (RFC 9110 §8.6).');
  if (!Number.isSafeInteger(Number(length))) return refuse(413, 'No body is that long (RFC 9110 §15.5.14).');
  return { length: Number(length), isChunked: false };
}

/** Two ways to say where the body ends are the stuff of request smuggling: refused (RFC 9112 §6.1, §11.2). */
function readTransferEncoding(
  lengths: readonly string[],
  encodings: readonly string[],
  isOld: boolean,
): Body | Refusal {
  if (lengths.length > 0) {
    return refuse(400, 'A request has Content-Length or Transfer-Encoding, not both (RFC 9112 §6.3).');
  }
  if (isOld) return refuse(400, 'HTTP/1.0 has no Transfer-Encoding (RFC 9112 §6.1).');
  const codings = tokensOf(encodings);
  if (codings.length === 0 || codings.indexOf('chunked') !== codings.length - 1) {
    return refuse(400, 'The last transfer coding of a request is chunked, once (RFC 9112 §6.3).');
  }
  if (codings.length > 1)
    return refuse(501, 'Of the transfer codings only chunked is known here (RFC 9112 §6.1).');
  return { length: 0, isChunked: true };
}
