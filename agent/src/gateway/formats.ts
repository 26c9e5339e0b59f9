/** How a session is written for the world outside: one entry a format. */
import { lineFormats } from '@socket-playground/shared/recording/line-formats.ts';
import type { LineFormat } from '@socket-playground/shared/recording/line-formats.ts';
import { PcapngWriter } from '@socket-playground/shared/recording/pcapng/writer.ts';
import type { Epoch } from '../journal/source.ts';
import { unreadable } from '../sessions/walk.ts';
import type { Stretch } from '../sessions/walk.ts';
import { SessionWriter } from './session-writer.ts';

export const formatNames = ['session', 'pcapng', 'json', 'csv'] as const;
export type FormatName = (typeof formatNames)[number];

export type Piece = string | Uint8Array;

interface Format {
  readonly contentType: string;
  readonly extension: string;
  /** A writer for one session: what stands at the beginning, and what becomes of each stretch. */
  writer(epoch: Epoch, pieceBytes: number): Writer;
}

export interface Writer {
  readonly start: Piece;
  write(stretch: Stretch): Iterable<Piece>;
  /** What stands at the end. */
  end?(): Iterable<Piece>;
}

export const formats = {
  session: {
    contentType: 'application/octet-stream',
    extension: 'session',
    writer: (epoch) => new SessionWriter(epoch),
  },
  pcapng: {
    contentType: 'application/x-pcapng',
    extension: 'pcapng',
    writer: ({ id, started }, pieceBytes) => packets(new PcapngWriter({ epoch: id, started }), pieceBytes),
  },
  json: {
    contentType: 'application/x-ndjson; charset=utf-8',
    extension: 'jsonl',
    writer: (_epoch, pieceBytes) => jsonLines(pieceBytes),
  },
  csv: {
    contentType: 'text/csv; charset=utf-8',
    extension: 'csv',
    writer: (_epoch, pieceBytes) => lines(lineFormats.csv, pieceBytes),
  },
} as const satisfies Record<FormatName, Format>;

/** One event or one gap a line, whole payloads in base64. */
export const jsonLines = (pieceBytes: number): Writer => lines(lineFormats.json, pieceBytes);

/** Packets are handed on in pieces of about `pieceBytes`; a larger one by itself. */
function packets(pcapng: PcapngWriter, pieceBytes: number): Writer {
  return {
    start: pcapng.start,
    *write(stretch) {
      if (stretch.kind === 'gap') {
        yield* pcapng.gap(stretch.gap, stretch.standing);
        return;
      }
      let waiting: Uint8Array[] = [];
      let bytes = 0;
      for (let seq = stretch.from; seq <= stretch.to; seq += 1) {
        const found = stretch.block.event(seq);
        for (const piece of found ? pcapng.write(found) : pcapng.gap(unreadable(seq, seq), null)) {
          waiting.push(piece);
          bytes += piece.length;
        }
        if (bytes < pieceBytes) continue;
        yield Buffer.concat(waiting);
        [waiting, bytes] = [[], 0];
      }
      if (bytes > 0) yield Buffer.concat(waiting);
    },
    end: () => pcapng.end(),
  };
}

/** Lines are handed on in pieces of about `pieceBytes`. */
function lines({ head, event, gap }: LineFormat, pieceBytes: number): Writer {
  return {
    start: head,
    *write(stretch) {
      if (stretch.kind === 'gap') {
        yield gap(stretch.gap);
        return;
      }
      let text = '';
      for (let seq = stretch.from; seq <= stretch.to; seq += 1) {
        const found = stretch.block.event(seq);
        text += found ? event(found) : gap(unreadable(seq, seq));
        if (text.length < pieceBytes) continue;
        yield text;
        text = '';
      }
      if (text !== '') yield text;
    },
  };
}
