/** Raised whenever the messages or the record layout change: page and agent must agree (`version-mismatch`). */
export const protocolVersion = 6;
