/** A file that was opened, as a file of any format: as it is where it has that already, else written anew. */
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';
import type { Piece, WriterOptions } from '@socket-playground/shared/recording/export/writer.ts';
import { writers } from '@socket-playground/shared/recording/export/writers.ts';
import { redactedWriter } from '@socket-playground/shared/recording/redact/redacted-writer.ts';
import { Redactor } from '@socket-playground/shared/recording/redact/redactor.ts';
import { parseSecrets } from '@socket-playground/shared/recording/redact/secrets.ts';
import { Breath } from '../breath.ts';
import { fileProblems, UnreadableFile } from '../file-problems.ts';
import { RecordingFile } from '../recording-file.ts';
import type { RecordedPart } from '../session-file.ts';
import type { Download, SaveRequest } from '../../sessions/sessions.ts';
import { capturePieces } from './capture-pieces.ts';
import { writtenPieces } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { stretchesOf } from './stretches.ts';

const pieceBytes = 64 * 1024;
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
  const pieces = await piecesOf(opened, file, format, redactor, done);
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
    for (let seq = part.block.first; seq <= part.block.last; seq += 1) {
      const event = part.block.event(seq);
      if (event !== null) redactor.look(event);
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
  format: FormatName,
  redactor: Redactor | null,
  done: { bytes: number },
): Promise<Pieces> {
  if (format === 'pcapng' && (await opened.isOfOthers())) return capturePieces(file, redactor, done);
  const { origin: found, end } = await beginningOf(opened);
  const origin = redactor === null ? found : redactor.redactOrigin(found);
  const plain = writers[format]({ origin, end, pieceBytes });
  const writer = redactor === null ? plain : redactedWriter(plain, redactor);
  return writtenPieces(writer, stretchesOf(counted(opened.parts(), done)));
}

/** The run that the file is of, and how that ended. Throws when the file cannot be read. */
async function beginningOf(file: RecordingFile): Promise<Pick<WriterOptions, 'origin' | 'end'>> {
  for await (const part of file.parts()) {
    if (part.kind === 'unreadable') throw new UnreadableFile(part.problem);
    if (part.kind === 'begin') return part;
  }
  throw new UnreadableFile(fileProblems.foreign);
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
