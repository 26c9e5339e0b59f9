/** Widths of the log's columns, so that nothing in them is cut and nothing moves while rows arrive. */
import type { TimeFormat } from '../../store/settings.svelte.ts';

export interface Widest {
  /** The largest number, time (ns) and socket so far. */
  readonly seq: number;
  readonly timeNs: number;
  readonly socket: number;
  readonly format: TimeFormat;
}

const digits = (value: number) => String(Math.max(1, Math.floor(value))).length;
const characterPx = 7.25;
const smallCharacterPx = 6.65;
const paddingPx = 12;
const decimals = 7;
const clockCharacters = 15;

const px = (characters: number, width: number) => Math.ceil(characters * width) + paddingPx;

/** The least each column needs, px; a layout may give more. */
export function columnWidths({ seq, timeNs, socket, format }: Widest): {
  no: number;
  time: number;
  /** Room for the number beside the lanes. */
  id: number;
} {
  const time = format === 'clock' ? clockCharacters : digits(timeNs / 1e9) + decimals;
  return {
    no: px(digits(seq), smallCharacterPx),
    time: px(time, characterPx),
    id: px(digits(socket) + 1, characterPx),
  };
}
