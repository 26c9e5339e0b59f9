/** The forms a session can be saved in, and what each is for. */
import type { SaveFormat } from '../../store/library.svelte.ts';

interface Format {
  readonly format: SaveFormat;
  readonly name: string;
  readonly says: string;
  /** How its file's name ends. */
  readonly ending: `.${string}`;
  readonly mediaType: `${string}/${string}`;
}

export const formats: readonly Format[] = [
  {
    format: 'session',
    name: 'Session file',
    says: 'every event, to open here again',
    ending: '.session',
    mediaType: 'application/octet-stream',
  },
  {
    format: 'pcapng',
    name: 'pcapng',
    says: 'packets, for Wireshark; opens here too',
    ending: '.pcapng',
    mediaType: 'application/x-pcapng',
  },
  {
    format: 'json',
    name: 'JSON Lines',
    says: 'one event a line, for scripts; opens here too',
    ending: '.jsonl',
    mediaType: 'application/x-ndjson',
  },
  {
    format: 'csv',
    name: 'CSV',
    says: 'one row an event, for spreadsheets',
    ending: '.csv',
    mediaType: 'text/csv',
  },
];

export const formatOf = (format: SaveFormat): Format => {
  const found = formats.find((each) => each.format === format);
  if (found === undefined) throw new Error(`There is no format ${format}.`);
  return found;
};
