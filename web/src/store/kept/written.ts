/** How a message is written. */

/** Text with escapes, or hex. */
export const notations = ['text', 'hex'] as const;
export type Notation = (typeof notations)[number];

/** What the composer puts behind a message. */
export const endings = ['none', 'lf', 'crlf'] as const;
export type Ending = (typeof endings)[number];

/** Hex is exact: what goes behind it is chosen apart from what goes behind text. */
export type Endings = Readonly<Record<Notation, Ending>>;
