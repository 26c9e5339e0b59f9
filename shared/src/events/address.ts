import * as z from 'zod/mini';
import { visible } from '../payload/visible.ts';
import { integer, oneOf } from '../schema.ts';

/** Address family, named after `AF_INET` and `AF_INET6` (socket(2)). */
export const family = oneOf(['inet', 'inet6']);
export type Family = z.infer<typeof family>;

/** Socket type, named after `SOCK_STREAM` and `SOCK_DGRAM` (socket(2)). */
export const socketType = oneOf(['stream', 'dgram']);
export type SocketType = z.infer<typeof socketType>;

/** One end of a conversation: a numeric address and a port (0 to 65535). */
export const address = z.strictObject({
  host: z.string(),
  port: integer(0, 65535),
});
export type Address = z.infer<typeof address>;

/** What a name resolved to. */
export const resolvedAddress = z.strictObject({ host: z.string(), family });
export type ResolvedAddress = z.infer<typeof resolvedAddress>;

/** `127.0.0.1`, `[::1]`: brackets keep the colons of an IPv6 address apart from a port (RFC 3986 §3.2.2). Safe to show, whatever a file says. */
export function formatHost(host: string): string {
  const shown = visible(host);
  return shown.includes(':') ? `[${shown}]` : shown;
}

/** `127.0.0.1:80`, `[::1]:80`. */
export const formatAddress = ({ host, port }: Address): string => `${formatHost(host)}:${port}`;

const number = '(?:0x[0-9a-f]+|[0-9]+)';
const ipv4Literal = new RegExp(`^${number}(?:\\.${number}){0,3}$`, 'i');

/** The family a numeric address belongs to, in every spelling the resolver takes (inet_aton(3)); null for a name. */
export function literalFamily(host: string): Family | null {
  if (host.includes(':')) return 'inet6';
  return ipv4Literal.test(host) ? 'inet' : null;
}
