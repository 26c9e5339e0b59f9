import { hexOf } from '@socket-playground/shared/payload/hex.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import type { Epoch } from '../../journal/source.ts';

const policy = (styleNonce: string | null) =>
  [
    `default-src 'self'`,
    `connect-src 'self'`,
    `img-src 'self' data:`,
    `style-src 'self'${styleNonce === null ? '' : ` 'nonce-${styleNonce}'`}`,
    `style-src-attr 'unsafe-inline'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types svelte-trusted-html`,
  ].join('; ');

/**
 * What every response carries, refusals included. Never `Set-Cookie` (cookies cross ports, RFC 6265 §8.5), never CORS.
 * The nonce lets the page add style elements; it is new for each response and must not be cached.
 */
export function securityHeaders(styleNonce: string | null = null): Record<string, string> {
  return {
    'Content-Security-Policy': policy(styleNonce),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
}

/** Which run the events of a response are of. */
export const epochHeaders = ({ id, started }: Epoch) => ({ Epoch: fieldText(id), Started: started });

/**
 * Any text as the value of a header field (RFC 9110 §5.5): bytes of its UTF-8 that have no place there, and `%`, are
 * percent-encoded (RFC 3986 §2.1). A session that somebody else wrote may call its run anything.
 */
function fieldText(text: string): string {
  const spelled = (byte: number) => (isPlain(byte) ? String.fromCharCode(byte) : `%${hexOf(byte)}`);
  return Array.from(encodeUtf8(text), spelled).join('');
}

const percent = 0x25;
const isPlain = (byte: number) => byte > 0x20 && byte < 0x7f && byte !== percent;
