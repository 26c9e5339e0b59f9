import type { FormatName } from './formats.ts';
import { lineFormats } from './line-formats.ts';
import { lineWriter } from './line-writer.ts';
import { packetWriter } from './packet-writer.ts';
import { SessionWriter } from './session-writer.ts';
import type { Writer, WriterOptions } from './writer.ts';

/** What makes one file, for each format. */
export const writers = {
  session: (options) => new SessionWriter(options),
  pcapng: packetWriter,
  json: (options) => lineWriter(lineFormats.json(), options),
  csv: (options) => lineWriter(lineFormats.csv(), options),
} as const satisfies Record<FormatName, (options: WriterOptions) => Writer>;
