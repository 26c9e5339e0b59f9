import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const tokenBytes = 32;

/** A new token for one agent run: 256 bits, in characters that need no escaping in a URL fragment. */
export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();

/** Compares in constant time: over digests, so that not even the length of a guess shows. */
export function createTokenCheck(token: string): (candidate: string) => boolean {
  const expected = digestOf(token);
  return (candidate) => timingSafeEqual(digestOf(candidate), expected);
}

const bearer = /^bearer +([^\s]+)$/i;

/** The token of an `Authorization` header (RFC 6750 §2.1; the scheme's case does not matter, RFC 9110 §11.1). */
export function bearerToken(authorization: string | undefined): string | null {
  return bearer.exec(authorization ?? '')?.[1] ?? null;
}
