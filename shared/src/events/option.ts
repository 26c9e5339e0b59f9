import * as z from 'zod/mini';

const membership = z.strictObject({
  group: z.string().check(z.minLength(1), z.maxLength(64)),
  interface: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
});

const bytes = z.int().check(z.minimum(1), z.maximum(64 * 1024 * 1024));

/**
 * Every socket option and the shape of its value (socket(7), tcp(7), ip(7), ipv6(7)).
 * `readSize` is ours: the most bytes one read asks the kernel for.
 */
export const optionValues = {
  noDelay: z.boolean(),
  keepAlive: z.boolean(),
  broadcast: z.boolean(),
  ipv6Only: z.boolean(),
  ttl: z.int().check(z.minimum(1), z.maximum(255)),
  receiveBuffer: bytes,
  readSize: bytes,
  addMembership: membership,
  dropMembership: membership,
} as const;

export type OptionName = keyof typeof optionValues;
export const optionName = z.keyof(z.object(optionValues));
export type Membership = z.infer<typeof membership>;

/** One option with its value, as a discriminated pair. */
export type OptionSetting = {
  [Name in OptionName]: { option: Name; value: z.infer<(typeof optionValues)[Name]> };
}[OptionName];

export type OptionValue = OptionSetting['value'];
