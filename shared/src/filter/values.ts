/** Values of fields as people write them; null when it is none. */
import { hostText } from '../payload/host.ts';
import { hostBytes } from '../payload/host-bytes.ts';
import { nsPerMicrosecond, nsPerMs, nsPerSecond } from '../units.ts';

const nsPerUnit: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', nsPerMicrosecond],
  ['µs', nsPerMicrosecond],
  ['μs', nsPerMicrosecond],
  ['ms', nsPerMs],
  ['', nsPerSecond],
  ['s', nsPerSecond],
  ['min', 60 * nsPerSecond],
]);
const kibi = 1024;
const bytesPerUnit: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ...['k', 'kb', 'kib'].map((unit) => [unit, kibi] as const),
  ...['m', 'mb', 'mib'].map((unit) => [unit, kibi ** 2] as const),
]);
/** More than any row has; what is larger would not be written in digits alone. */
const highestAmount = 1e20;
const highestPort = 65_535;
const amount = /^(\d+(?:\.\d+)?|\.\d+)([a-zµμ]*)$/;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const beginOfIpv4 = /^\d+\.(?:\d+\.?){0,2}$/;
/** With the zone of a link-local address, if any: `fe80::1%eth0` (RFC 4007 §11). */
const ipv6 = /^(?=.*:.*:)([\da-f:.]+)(%[\w.-]+)?$/;
const ipv6InBrackets = /^\[([^[\]]+)\]$/;
const withPort = /^(\d+(?:\.\d+){3}|\[[^[\]]+\]):(\d{1,5})$/;
const network = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/;
const ipv4Bits = 32;

function inUnits(word: string, units: ReadonlyMap<string, number>): number | null {
  const [, digits, unit = ''] = amount.exec(word.toLowerCase()) ?? [];
  const factor = units.get(unit);
  if (digits === undefined || factor === undefined) return null;
  return Math.min(Math.round(Number(digits) * factor), highestAmount);
}

/** Nanoseconds; a bare number is seconds, as the column shows them. */
export const timeOf = (word: string): number | null => inUnits(word, nsPerUnit);
/** Bytes; `k` is 1,024 of them, as elsewhere on the page. */
export const sizeOf = (word: string): number | null => inUnits(word, bytesPerUnit);

export function portOf(word: string): number | null {
  return /^\d{1,5}$/.test(word) && Number(word) <= highestPort ? Number(word) : null;
}

export function socketOf(word: string): number | null {
  const number = Number(word.replace(/^#/, ''));
  return /^#?\d+$/.test(word) && Number.isSafeInteger(number) && number >= 1 ? number : null;
}

type HostTest =
  | { readonly is: 'host'; readonly host: string; readonly whole: boolean }
  | { readonly is: 'net'; readonly host: string; readonly bits: number };

/** An address, the beginning of one (`127.0.`), or an IPv4 network (`10.0.0.0/8`). */
export function hostOf(typed: string): HostTest | null {
  const word = typed.toLowerCase();
  const [, host, bits] = network.exec(word) ?? [];
  if (host !== undefined) {
    return ipv4Number(host) === null || Number(bits) > ipv4Bits
      ? null
      : { is: 'net', host, bits: Number(bits) };
  }
  const address = addressOf(word);
  if (address !== null) return { is: 'host', host: address, whole: true };
  return beginOfIpv4.test(word) ? { is: 'host', host: word, whole: false } : null;
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function endOf(word: string): { readonly host: string; readonly port: number } | null {
  const [, end = '', digits = ''] = withPort.exec(word.toLowerCase()) ?? [];
  const [host, port] = [addressOf(end), portOf(digits)];
  return host === null || port === null ? null : { host, port };
}

/** A whole address as events spell it (RFC 5952), its zone in lower case; in brackets or not. */
function addressOf(word: string): string | null {
  const bare = ipv6InBrackets.exec(word)?.[1] ?? word;
  if (ipv4Number(bare) !== null) return bare;
  const [, host = '', zone = ''] = ipv6.exec(bare) ?? [];
  const bytes = hostBytes(host);
  return bytes === null ? null : `${hostText(bytes)}${zone}`;
}

/** The address as one number, or null when it is no IPv4 address. */
export function ipv4Number(host: string): number | null {
  if (!ipv4.test(host)) return null;
  const bytes = host.split('.').map(Number);
  return bytes.some((byte) => byte > 0xff) ? null : bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
