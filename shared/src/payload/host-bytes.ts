/** Numeric addresses as bytes. */

const mappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

function ipv4Bytes(host: string): number[] | null {
  const parts = host.split('.');
  const bytes = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : NaN));
  return bytes.length === 4 && bytes.every((byte) => byte <= 255) ? bytes : null;
}

/** The groups of one side of `::`, an IPv4 address at the end counting as two; null when they are none. */
function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const tail = last.includes('.') ? ipv4Bytes(last) : null;
  const groups = (tail ? parts.slice(0, -1) : parts).map((part) =>
    /^[0-9a-f]{1,4}$/i.test(part) ? parseInt(part, 16) : NaN,
  );
  const [a = 0, b = 0, c = 0, d = 0] = tail ?? [];
  const all = tail ? [...groups, (a << 8) | b, (c << 8) | d] : groups;
  return all.every((group) => group <= 0xffff) ? all : null;
}

function ipv6Bytes(host: string): number[] | null {
  const [head = '', tail, ...more] = host.replace(/%.*$/, '').split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (before === null || after === null || more.length > 0) return null;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...before, ...new Array<number>(missing).fill(0), ...after];
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

/** 4 bytes, or 16; an IPv4 address in IPv6 (RFC 4291 §2.5.5.2) is the IPv4 address. Null: not a numeric address. */
export function hostBytes(host: string): Uint8Array | null {
  const bytes = host.includes(':') ? ipv6Bytes(host) : ipv4Bytes(host);
  if (bytes === null) return null;
  const isMapped = bytes.length === 16 && mappedPrefix.every((byte, index) => bytes[index] === byte);
  return Uint8Array.from(isMapped ? bytes.slice(12) : bytes);
}

/** As 16 bytes, an IPv4 address mapped. */
export function asIpv6(bytes: Uint8Array): Uint8Array {
  return bytes.length === 16 ? bytes : Uint8Array.from([...mappedPrefix, ...bytes]);
}
