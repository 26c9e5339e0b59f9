/** Header fields, one a line (RFC 9112 §5), and those that say how to go on. */
import { latin1 } from '../latin1.ts';
import { textOf } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { withoutBlanks } from '../../blanks.ts';
import { visible } from '../../payload/visible.ts';
import { isEnded, lineLength } from './line.ts';

export interface Headers {
  /** Whether the empty line behind them is here. */
  readonly isWhole: boolean;
  readonly length: number | null;
  readonly isChunked: boolean;
  readonly type: string | null;
  readonly upgrade: string | null;
}

const field = /^([^\s:]+):(.*)$/;
const emptyLine = /^\r?\n$/;
const longestName = 60;

/** `end`: the name of the empty line behind them. */
export function headers(reading: Reading, end = 'End of header fields'): Headers {
  const found = new Map<string, string>();
  let isWhole = false;
  while (!reading.isOver && !isWhole) {
    const line = reading.ahead(lineLength(reading.ahead()));
    isWhole = emptyLine.test(latin1(line.subarray(0, 2)));
    if (isWhole) reading.bytes(end, line.length, () => '');
    else header(reading, line, found);
  }
  return known(found, isWhole);
}

function header(reading: Reading, line: Uint8Array, found: Map<string, string>): void {
  const text = latin1(line).replace(/\r?\n$/, '');
  const [, name, rest] = field.exec(text) ?? [];
  if (name === undefined || rest === undefined || name.length > longestName) {
    reading.bytes(isEnded(line) ? 'No header field' : 'Not ended', line.length, (bytes) => textOf(bytes));
    return;
  }
  const [from, to] = withoutBlanks(text, text.length - rest.length);
  const shown = textOf(line.subarray(from, to));
  found.set(name.toLowerCase(), shown);
  reading.bytes(visible(name), line.length, () => shown);
}

const decimal = /^\d{1,15}$/;

function known(found: ReadonlyMap<string, string>, isWhole: boolean): Headers {
  const length = found.get('content-length') ?? '';
  return {
    isWhole,
    length: decimal.test(length) ? Number(length) : null,
    isChunked: /(^|[\s,])chunked$/i.test(found.get('transfer-encoding') ?? ''),
    type: found.get('content-type')?.replace(/;.*/, '') ?? null,
    upgrade: found.get('upgrade') ?? null,
  };
}
