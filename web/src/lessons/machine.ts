/** What lessons know of the machine: what the agent said of it. */
import type { Beginning } from '@socket-playground/shared/lessons/attempt.ts';
import { Facts } from '@socket-playground/shared/lessons/facts.ts';
import type { Names } from '@socket-playground/shared/lessons/names.ts';
import type { Welcome } from '@socket-playground/shared/wire/messages.ts';

export const machineOf = ({ hostname, platform, can }: Welcome): Pick<Beginning, 'machine' | 'can'> => ({
  machine: { name: hostname, platform },
  can,
});

/** Before there is anything to speak of. */
export const noNames: Names = {
  vars: {},
  machine: { name: '', platform: '' },
  facts: new Facts([]),
  thing: () => undefined,
};
