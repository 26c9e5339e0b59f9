/** One session as a file, plain or with word of how far it is. */
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { problem } from '@socket-playground/shared/problems.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { formats } from '@socket-playground/shared/recording/export/formats.ts';
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import { writers } from '@socket-playground/shared/recording/export/writers.ts';
import { redactedWriter } from '@socket-playground/shared/recording/redact/redacted-writer.ts';
import type { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import { parseSecrets } from '@socket-playground/shared/recording/redact/secrets.ts';
import type { Secret } from '@socket-playground/shared/recording/redact/secrets.ts';
import { toldType, writeTold } from '@socket-playground/shared/recording/told.ts';
import { limits } from '../../../limits.ts';
import { originOf } from '../../../journal/source.ts';
import type { EventSource } from '../../../journal/source.ts';
import { upTo } from '../../../journal/up-to.ts';
import { current } from '../../../sessions/sessions.ts';
import type { OpenSession } from '../../../sessions/sessions.ts';
import { ProblemError } from '../../http/errors.ts';
import type { Followers } from '../followers.ts';
import { hasLeft } from '../../http/has-left.ts';
import { epochHeaders, securityHeaders } from '../../http/headers.ts';
import { redactorOf } from '../redactor-of.ts';
import type { SessionQuery } from '../schemas.ts';
import { toldSteps, toldWriter } from '../told.ts';

/** Null: everything is sent as it is. */
type Secrets = readonly Secret[] | null;

/** What is asked for, and what it is sent with. */
interface Download {
  readonly session: OpenSession;
  readonly format: FormatName;
  readonly secrets: Secrets;
  readonly followers: Followers;
}

const cannot = (wrong: string): Problem => problem('cannot-redact', { wrong });
const tooMany = cannot('There are too many places, or too many conversations at once.');

/** What is asked to be hidden. Throws when that cannot be looked for. */
export function secretsIn({ redact, hide }: SessionQuery): Secrets {
  if (redact !== '1' && hide === undefined) return null;
  const parsed = parseSecrets([hide ?? []].flat());
  if (!parsed.ok) throw new ProblemError(cannot(parsed.wrong));
  return parsed.secrets;
}

/** Looks through everything first, so that the head says how much is hidden. That ends when the connection does. */
export async function sendPlain(reply: FastifyReply, download: Download): Promise<void> {
  const { raw } = reply;
  const { session, format, secrets, followers } = download;
  const source = upTo(session.source, session.source.latest);
  const isGone = () => hasLeft(raw);
  const redactor = secrets === null ? null : await redactorOf(source, secrets, { isGone });
  if (redactor?.isFull === true) throw new ProblemError(tooMany);
  reply.hijack();
  // Whoever asked may have left while everything was looked through, and what was found is not all then.
  if (isGone()) return void raw.destroy();
  const { mediaType, isText, ending } = formats[format];
  raw.writeHead(200, {
    ...securityHeaders(),
    'Content-Type': isText ? `${mediaType}; charset=utf-8` : mediaType,
    'Content-Disposition': `attachment; filename="${session.id ?? current}${ending}"`,
    ...epochHeaders(source.epoch),
    ...(redactor && { Redacted: redactor.places }),
  });
  const writer = writerOf(source, download, redactor);
  await followers.serve(raw, { source, writer, from: 1, follow: false });
}

/** Says how far it is from the first moment on. Whoever leaves ends the work: the next words find nobody. */
export async function sendTold(reply: FastifyReply, download: Download): Promise<void> {
  const { raw } = reply;
  const { source } = download.session;
  reply.hijack();
  raw.writeHead(200, { ...securityHeaders(), 'Content-Type': toldType, ...epochHeaders(source.epoch) });
  raw.flushHeaders();
  try {
    await sendFrames(raw, download);
  } catch (error) {
    // There is no other way to say that the rest does not come.
    raw.destroy();
    throw error;
  }
}

async function sendFrames(raw: ServerResponse, download: Download): Promise<void> {
  const { session, secrets, followers } = download;
  const source = upTo(session.source, session.source.latest);
  const isGone = () => hasLeft(raw);
  const looked = toldSteps((frame) => raw.write(frame));
  const redactor = secrets === null ? null : await redactorOf(source, secrets, { isGone, looked });
  if (isGone()) return void raw.destroy();
  if (redactor?.isFull === true) return void raw.end(writeTold({ is: 'refused', why: tooMany.message }));
  if (redactor !== null) raw.write(writeTold({ is: 'hidden', places: redactor.places }));
  const writer = toldWriter(writerOf(source, download, redactor), source.latest);
  await followers.serve(raw, { source, writer, from: 1, follow: false });
}

/** Of the session as far as `source` goes. */
function writerOf({ epoch, latest }: EventSource, { session, format }: Download, redactor: Redactor | null) {
  const end = session.isCutShort ? null : latest;
  const origin = redactor?.redactOrigin(originOf(epoch)) ?? originOf(epoch);
  const plain = writers[format]({ origin, end, pieceBytes: limits.eventPieceBytes });
  return redactor === null ? plain : redactedWriter(plain, redactor);
}
