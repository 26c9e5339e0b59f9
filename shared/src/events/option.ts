import * as z from 'zod/mini';
import { characters, expectsObject, flag, integer } from '../schema.ts';

/** Multicast group and interface, both as numeric addresses; without an interface the system chooses one. */
const membership = z.strictObject(
  { group: characters(1, 64), interface: z.optional(characters(1, 64)) },
  expectsObject('an object such as {"group":"239.1.2.3"}'),
);

const mebi = 1024 * 1024;

/**
 * Every socket option and the shape of its value (socket(7), tcp(7), ip(7), ipv6(7)).
 * `readSize` is ours: the most bytes one read asks the kernel for.
 */
export const optionValues = {
  noDelay: flag,
  keepAlive: flag,
  broadcast: flag,
  ipv6Only: flag,
  ttl: integer(1, 255),
  receiveBuffer: integer(1, 64 * mebi),
  readSize: integer(1, mebi),
  addMembership: membership,
  dropMembership: membership,
} as const;

export type OptionName = keyof typeof optionValues;
export const optionName = z.keyof(z.object(optionValues));
export type Membership = z.infer<typeof membership>;

/**
 * What the kernel made of an option. Its numbers keep to no range of ours: Linux doubles a receive buffer, for example
 * (socket(7)).
 */
export const reportedValue = z.union([z.boolean(), z.int().check(z.minimum(0)), membership]);

/** One option with its value, as a discriminated pair. */
export type OptionSetting = {
  [Name in OptionName]: { option: Name; value: z.infer<(typeof optionValues)[Name]> };
}[OptionName];

export type OptionValue = OptionSetting['value'];
