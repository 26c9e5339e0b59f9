/** The forms a session can be saved in, in the order they are offered, and what each is for. */
import type { FormatName } from '@socket-playground/shared/recording/export/formats.ts';

interface OfferedFormat {
  readonly format: FormatName;
  readonly name: string;
  readonly says: string;
}

export const offeredFormats: readonly OfferedFormat[] = [
  { format: 'session', name: 'Session file', says: 'every event, to open here again' },
  { format: 'pcapng', name: 'pcapng', says: 'packets, for Wireshark; opens here too' },
  { format: 'json', name: 'JSON Lines', says: 'one event a line, for scripts; opens here too' },
  { format: 'csv', name: 'CSV', says: 'one row an event, for spreadsheets' },
];
