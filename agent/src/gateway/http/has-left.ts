import type { ServerResponse } from 'node:http';

/**
 * Whether the connection of a response is over. It is not when the client only sent FIN: such a client still reads
 * (RFC 9293 §3.6), and one that reads no more shows when a write fails. A response behind another has no socket yet, so
 * its request's is asked.
 */
export const hasLeft = (response: ServerResponse): boolean =>
  response.destroyed || response.req.socket.destroyed;
