/** Raised whenever the messages, batches or records change: page and agent must agree (`version-mismatch`). */
export const protocolVersion = 7;
