import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import { errorCode } from '../error-code.ts';

const explanations = new Map([
  [
    'EADDRINUSE',
    'is in use. Another playground may be running: use its page, stop it, or choose another port with --port.',
  ],
  ['EACCES', 'may not be opened by this user. Choose a port from 1024 on with --port.'],
  ['EADDRNOTAVAIL', 'is not an address of this computer. Leave --host out to use 127.0.0.1.'],
]);

/** Why the page's port cannot be opened, and what to do. */
export function listenProblem(error: unknown, address: Address): string {
  const code = errorCode(error) ?? String(error);
  return `${formatAddress(address)} ${explanations.get(code) ?? `cannot be opened (${code}).`}`;
}
