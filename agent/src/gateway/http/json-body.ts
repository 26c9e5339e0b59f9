import type { FastifyInstance } from 'fastify';
import { decodeUtf8Strictly } from '@socket-playground/shared/payload/utf8.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { ProblemError } from './errors.ts';

const badJson = (detail: string) => new ProblemError(problem('bad-json', { detail }));

/** JSON of bytes (RFC 8259, UTF-8 only). Throws a `ProblemError` with `bad-json`. */
function parseJsonBody(bytes: Uint8Array): unknown {
  const text = decodeUtf8Strictly(bytes);
  if (text === null) throw badJson('it is not UTF-8');
  try {
    return JSON.parse(text);
  } catch {
    throw badJson(text.trim() === '' ? 'it is empty' : 'it does not parse');
  }
}

/** Every body is JSON, whatever its Content-Type says: `curl -d` calls it a form. */
export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    parseJsonBody(body),
  );
  // Even a Content-Type that is none must not stand in the way.
  app.addHook('preParsing', (request, _reply, _payload, next) => {
    delete request.raw.headers['content-type'];
    next();
  });
}

/** A request without any body never reaches the parser. */
export function requireBody(body: unknown): unknown {
  if (body === undefined) throw badJson('it is empty');
  return body;
}
