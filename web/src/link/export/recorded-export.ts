/** A file that was opened, as a file of any format: as it is where it has that already, else written anew. */
import { redactedBlocks } from '@socket-playground/shared/recording/redact/redacted-blocks.ts';
import { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import { parseSecrets } from '@socket-playground/shared/recording/redact/secrets.ts';
import { Breath } from '../breath.ts';
import { UnreadableFile } from '../file-problems.ts';
import { RecordingFile } from '../recording-file.ts';
import type { RecordedPart } from '../session-file.ts';
import type { Download, SaveRequest } from '../sessions.ts';
import { capturePieces } from './capture-pieces.ts';
import { eventLines } from './event-lines.ts';
import { eventsOf } from './events-of.ts';
import { packetPieces } from './packet-pieces.ts';
import type { Piece, Pieces } from './pieces.ts';
import { segmentPieces } from './segment-pieces.ts';

const noRun = 'JSON Lines do not say when their run began, so no session file can be made of them.';
const tooMany = 'There are too many places to hide, or too many conversations at once. Nothing was saved.';

const refused = (message: string): Download => ({ is: 'unreachable', message });

export async function exportOf(file: File, request: SaveRequest): Promise<Download> {
  const { format, hide } = request;
  const opened = await RecordingFile.open(file);
  if (hide === null && opened.format === format)
    return { is: 'stream', size: file.size, share: null, hidden: null, stream: file.stream() };
  if (format === 'session' && opened.format === 'json') return refused(noRun);
  const secrets = parseSecrets(hide ?? []);
  if (!secrets.ok) return refused(secrets.wrong);
  const redactor = hide === null ? null : new Redactor(secrets.secrets);
  if (redactor !== null && !(await lookThrough(opened, file.size, redactor, request)))
    return refused(tooMany);
  const done = { bytes: 0 };
  const pieces = await piecesOf(opened, file, request, redactor, done);
  const share = () => (file.size === 0 ? 1 : done.bytes / file.size);
  return {
    is: 'stream',
    size: null,
    share,
    hidden: redactor?.places ?? null,
    stream: streamOf(pieces, request.signal),
  };
}

/** False when more is to be hidden than can be remembered. */
async function lookThrough(
  file: RecordingFile,
  size: number,
  redactor: Redactor,
  { signal, looked }: SaveRequest,
): Promise<boolean> {
  const breath = new Breath();
  for await (const part of file.parts()) {
    if (part.kind === 'unreadable') throw new UnreadableFile(part.problem);
    if (part.kind !== 'block') continue;
    for (const event of eventsOf(part.block)) {
      redactor.look(event);
      await breath.take();
      signal.throwIfAborted();
    }
    if (redactor.isFull) return false;
    looked(part.end / size);
  }
  redactor.rewind();
  return !redactor.isFull;
}

async function piecesOf(
  opened: RecordingFile,
  file: File,
  { format }: SaveRequest,
  redactor: Redactor | null,
  done: { bytes: number },
): Promise<Pieces> {
  if (format === 'pcapng' && (await opened.isOfOthers())) return capturePieces(file, redactor, done);
  const read = counted(opened.parts(), done);
  const parts = redactor === null ? read : redacted(read, redactor);
  if (format === 'session') return segmentPieces(parts);
  return format === 'pcapng' ? packetPieces(parts) : eventLines(parts, format);
}

async function* counted(
  parts: AsyncIterable<RecordedPart>,
  done: { bytes: number },
): AsyncGenerator<RecordedPart> {
  for await (const part of parts) {
    yield part;
    if (part.kind === 'block') done.bytes = part.end;
  }
}

async function* redacted(
  parts: AsyncIterable<RecordedPart>,
  redactor: Redactor,
): AsyncGenerator<RecordedPart> {
  for await (const part of parts) {
    if (part.kind === 'segment') {
      const standing = part.standing?.map((state) => redactor.redactState(state)) ?? null;
      yield { ...part, standing };
      continue;
    }
    if (part.kind !== 'block') {
      yield part;
      continue;
    }
    const { block, start, end } = part;
    for (const made of redactedBlocks({ block, from: block.first, to: block.last }, redactor)) {
      if (made.kind === 'block') yield { kind: 'block', block: made.block, start, end };
      else yield { kind: 'segment', first: made.seq + 1, reason: 'not-in-file', standing: null };
    }
  }
}

/** Made as it is read: a reader that stops costs nothing, and one that nobody waits for any more gets no further. */
function streamOf(pieces: Pieces, signal: AbortSignal): ReadableStream<Piece> {
  return new ReadableStream({
    async pull(controller) {
      signal.throwIfAborted();
      const piece = await pieces.next();
      if (piece.done === true) controller.close();
      else controller.enqueue(piece.value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
