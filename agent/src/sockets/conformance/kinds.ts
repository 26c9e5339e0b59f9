/** The kinds of sockets and what each can do. The suite asks for what a kind can, never for its name. */
import type { Family, SocketType } from '@socket-playground/shared/events/address.ts';
import type { OptionSetting } from '@socket-playground/shared/events/option.ts';
import { dgramWorld, streamWorld } from './worlds.ts';
import type { World } from './worlds.ts';

export interface Kind {
  readonly title: string;
  readonly family: Family;
  readonly socketType: SocketType;
  readonly loopback: string;
  /** An address of the family that no computer has (RFC 5737, RFC 3849). */
  readonly foreign: string;
  /** An address that connect(2) of Linux refuses for datagrams, and its word for it: broadcast, and a link-local one without a zone. */
  readonly unfit: { readonly host: string; readonly code: string };
  /** The outside, made of Node's own sockets. */
  readonly world: World;
  readonly can: {
    readonly listen: boolean;
    /** FIN in one direction, RST, and the words for both. */
    readonly end: boolean;
    /** `connect` itself learns that nobody listens. */
    readonly refuseAtConnect: boolean;
    /** One send is one receive; each has a length limit and may be empty. */
    readonly keepBoundaries: boolean;
    readonly sendTo: boolean;
    readonly ipv6Only: boolean;
  };
  readonly options: readonly OptionSetting[];
  readonly notItsOptions: readonly OptionSetting[];
}

const stream = {
  socketType: 'stream',
  can: { listen: true, end: true, refuseAtConnect: true, keepBoundaries: false, sendTo: false },
  options: [
    { option: 'noDelay', value: true },
    { option: 'keepAlive', value: true },
    { option: 'readSize', value: 7 },
  ],
  notItsOptions: [
    { option: 'broadcast', value: true },
    { option: 'ttl', value: 4 },
    { option: 'addMembership', value: { group: '239.1.2.3' } },
    { option: 'dropMembership', value: { group: '239.1.2.3' } },
    { option: 'receiveBuffer', value: 65_536 },
  ],
} as const;

const dgram = {
  socketType: 'dgram',
  can: { listen: false, end: false, refuseAtConnect: false, keepBoundaries: true, sendTo: true },
  options: [
    { option: 'broadcast', value: true },
    { option: 'ttl', value: 4 },
    { option: 'receiveBuffer', value: 65_536 },
  ],
  notItsOptions: [
    { option: 'noDelay', value: true },
    { option: 'keepAlive', value: true },
    { option: 'readSize', value: 7 },
  ],
} as const;

const inet = {
  family: 'inet',
  loopback: '127.0.0.1',
  foreign: '198.51.100.1',
  unfit: { host: '255.255.255.255', code: 'EACCES' },
} as const;
const inet6 = {
  family: 'inet6',
  loopback: '::1',
  foreign: '2001:db8::1',
  unfit: { host: 'fe80::1', code: 'EINVAL' },
} as const;

const families = [
  { ...inet, words: 'IPv4', ipv6Only: false },
  { ...inet6, words: 'IPv6', ipv6Only: true },
] as const;

export const kinds: readonly Kind[] = families.flatMap(({ words, ipv6Only, ...family }) => [
  {
    ...family,
    ...stream,
    title: `tcp ${words}`,
    world: streamWorld(family.loopback),
    can: { ...stream.can, ipv6Only },
  },
  {
    ...family,
    ...dgram,
    title: `udp ${words}`,
    world: dgramWorld(family.loopback),
    can: { ...dgram.can, ipv6Only },
  },
]);
