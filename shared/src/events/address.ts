import * as z from 'zod/mini';

/** Address family, named after `AF_INET` and `AF_INET6` (socket(2)). */
export const family = z.enum(['inet', 'inet6']);
export type Family = z.infer<typeof family>;

/** Socket type, named after `SOCK_STREAM` and `SOCK_DGRAM` (socket(2)). */
export const socketType = z.enum(['stream', 'dgram']);
export type SocketType = z.infer<typeof socketType>;

/** One end of a conversation: a numeric address and a port (0 to 65535). */
export const address = z.strictObject({
  host: z.string(),
  port: z.int().check(z.minimum(0), z.maximum(65535)),
});
export type Address = z.infer<typeof address>;

/** What a name resolved to. */
export const resolvedAddress = z.strictObject({ host: z.string(), family });
export type ResolvedAddress = z.infer<typeof resolvedAddress>;

/** `127.0.0.1:80`, `[::1]:80`: brackets keep the colons of an IPv6 address apart from the port (RFC 3986 §3.2.2). */
export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
