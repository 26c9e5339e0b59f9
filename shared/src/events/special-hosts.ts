/**
 * What a numeric address stands for, told by its usual spelling, as events have it. Who must see through every spelling
 * parses it: the agent's policy does.
 */

/** 127.0.0.0/8 (RFC 1122 §3.2.1.3) or `::1` (RFC 4291 §2.5.3): nobody else's computer. */
export const isLoopback = (host: string): boolean => host.startsWith('127.') || host === '::1';

/** Where a socket that is bound to it is reached at every address of its computer (ip(7), ipv6(7)). */
export const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** An IPv4 address written as IPv6 (RFC 4291 §2.5.5.2) is the same address: dual-stack sockets report it so. */
export const plainHost = (host: string): string => host.replace(/^::ffff:(?=\d+\.)/i, '');
