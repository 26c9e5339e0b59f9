/** Looks a name up when it was typed, so that the address can be shown beside it. */
import { resolvedAddress } from '@socket-playground/shared/events/address.ts';
import * as z from 'zod/mini';
import type { RunCommand } from '../../store/store.svelte.ts';

type Found = { readonly address: string } | { readonly problem: string };

const label = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*\.?$/u;
const dottedNumbers = /^[\d.]+$/;

/** Whether the text is a name: an address needs no look-up. */
const needsLookup = (host: string): boolean => label.test(host) && !dottedNumbers.test(host);

const answer = z.object({ addresses: z.array(resolvedAddress) });

export class Resolver {
  #found = $state.raw<ReadonlyMap<string, Found>>(new Map());
  /** What was looked up last: leaving the field without a change asks nobody again. */
  #settled: string | null = null;
  readonly #run: RunCommand;

  constructor(run: RunCommand) {
    this.#run = run;
  }

  /** The first address of a name that was looked up. */
  addressOf(host: string): string | null {
    const found = this.#found.get(host);
    return found && 'address' in found ? found.address : null;
  }

  /** What went wrong with a name. */
  failedFor(host: string): string | null {
    const found = this.#found.get(host);
    return found && 'problem' in found ? found.problem : null;
  }

  /** The name is being typed, perhaps to the same as before: who types it again wants it looked up again. */
  typed(): void {
    this.#settled = null;
  }

  async lookUp(host: string): Promise<void> {
    if (!needsLookup(host) || this.#settled === host) return;
    this.#settled = host;
    const outcome = await this.#run({ type: 'resolve', host });
    this.#found = new Map(this.#found).set(host, foundIn(outcome));
  }
}

function foundIn(outcome: Awaited<ReturnType<RunCommand>>): Found {
  if (!outcome.ok) return { problem: `${outcome.problem.message} ${outcome.problem.hint}` };
  const parsed = z.safeParse(answer, outcome.result);
  const first = parsed.success ? parsed.data.addresses[0] : undefined;
  return first ? { address: first.host } : { problem: 'The name has no address.' };
}
