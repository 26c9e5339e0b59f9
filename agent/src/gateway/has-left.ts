import type { ServerResponse } from 'node:http';

/**
 * Whether whoever asked is gone, or looks as if: a client that sent FIN may still read what is short, but nobody can tell it
 * from one that left, so what has no end or takes long is not done for it.
 */
export const hasLeft = (response: ServerResponse): boolean =>
  response.destroyed || response.socket?.readableEnded === true;
