import type { Address } from '@socket-playground/shared/events/address.ts';
import { isLoopback, isUnspecified, plain } from '../policy/addresses.ts';

/** Whether what is sent to `remote` arrives at a socket bound to `local`, which may be every address of this computer. */
export function leadsTo(remote: Address, local: Address): boolean {
  if (remote.port !== local.port) return false;
  return (
    plain(remote.host) === plain(local.host) ||
    (isUnspecified(local.host) && isLoopback(remote.host)) ||
    isUnspecified(remote.host)
  );
}
