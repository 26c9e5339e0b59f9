/** Addresses as the kernel prints them in `/proc/net/tcp` and `tcp6`: whole 32-bit words in the machine's byte order, in hex. */
import { endianness } from 'node:os';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { parseIp } from '../../policy/addresses.ts';

const isLittle = endianness() === 'LE';
const wordBytes = 4;

const hex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();

function words(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += wordBytes) {
    const word = bytes.slice(at, at + wordBytes).map(hex);
    text += (isLittle ? word.reverse() : word).join('');
  }
  return text;
}

const portOf = (port: number) => port.toString(16).padStart(4, '0').toUpperCase();

/** Spells the ends of many sockets: most hosts come again and again. */
export class Spelling {
  readonly #hosts = new Map<string, string>();

  /**
   * How a row with these two ends begins, behind its number. A listener has no `remote`. Null when an end is no address.
   */
  ends(local: Address, remote: Address | null): string | null {
    const own = this.#host(local.host);
    const far = remote === null ? own.replaceAll(/./g, '0') : this.#host(remote.host);
    if (own === '' || own.length !== far.length) return null;
    return `${own}:${portOf(local.port)} ${far}:${portOf(remote?.port ?? 0)}`;
  }

  #host(host: string): string {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const spelled = words(parseIp(host)?.toByteArray() ?? []);
    this.#hosts.set(host, spelled);
    return spelled;
  }
}
