/** The forms in which a session leaves: one entry a format. `writers.ts` has what makes each. */

export const formatNames = ['session', 'pcapng', 'json', 'csv'] as const;
export type FormatName = (typeof formatNames)[number];

interface Format {
  /** How its file's name ends. */
  readonly ending: `.${string}`;
  readonly mediaType: `${string}/${string}`;
  /** Text is UTF-8. */
  readonly isText: boolean;
}

export const formats = {
  session: { ending: '.session', mediaType: 'application/octet-stream', isText: false },
  pcapng: { ending: '.pcapng', mediaType: 'application/x-pcapng', isText: false },
  json: { ending: '.jsonl', mediaType: 'application/x-ndjson', isText: true },
  csv: { ending: '.csv', mediaType: 'text/csv', isText: true },
} as const satisfies Record<FormatName, Format>;
