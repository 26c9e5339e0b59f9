/**
 * The codes of kernel and resolver, in plain words: what happened, and what to try.
 * The codes themselves stay visible beside these; see errno(3) and getaddrinfo(3).
 */
import { formatAddress } from './events/address.ts';
import type { SocketType } from './events/address.ts';
import { addressExplanations } from './explain/addresses.ts';
import { connectionExplanations } from './explain/connections.ts';
import { nameExplanations } from './explain/names.ts';
import { resourceExplanations } from './explain/resources.ts';
import type { Explanation, Scene } from './explain/scene.ts';
import { visible } from './payload/visible.ts';

/** What was under way: `during` is the verb, host and port are the ones it was about. */
export interface About {
  readonly during: string;
  readonly host?: string;
  readonly port?: number;
  readonly socketType?: SocketType;
}

const explanations = new Map([
  ...addressExplanations,
  ...connectionExplanations,
  ...nameExplanations,
  ...resourceExplanations,
]);

/** The codes that have an explanation of their own. */
export const explainedCodes: readonly string[] = Array.from(explanations.keys());

/** Explains any code, known or not. The texts are safe to show (`visible`). */
export function explain(code: string, about: About): Explanation {
  const scene = sceneOf(about);
  return explanations.get(code)?.(scene) ?? unknownCode(visible(code), scene);
}

function sceneOf({ during, host, port, socketType }: About): Scene {
  const shown = host === undefined ? undefined : visible(host);
  const where = shown === undefined || port === undefined ? shown : formatAddress({ host: shown, port });
  return {
    during: visible(during),
    host: shown,
    port,
    isDatagram: socketType === 'dgram',
    where: (fallback) => where ?? fallback,
  };
}

/** Where the manual speaks of a verb whose system call has another name. */
const manualPages: ReadonlyMap<string, string> = new Map([
  ['resolve', 'getaddrinfo(3)'],
  ['receive', 'recv(2)'],
  ['sendto', 'send(2)'],
  ['send', 'send(2)'],
]);

function unknownCode(code: string, { during, where }: Scene): Explanation {
  const page = manualPages.get(during) ?? `${during}(2)`;
  const at = where('');
  return {
    message: `"${during}"${at === '' ? '' : ` for ${at}`} failed with ${code}.`,
    hint: `Try once more, then with another address or port. The manual page ${page} says what ${code} means there.`,
  };
}
