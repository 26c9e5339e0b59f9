/** What the gateway may ask of the agent's core. Commands go in, events come out: there is no third way. */
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { KernelView } from '@socket-playground/shared/kernel/view.ts';
import type { JournalReader } from './journal/journal.ts';
import type { Sessions } from './sessions/sessions.ts';

export interface Playground {
  readonly journal: JournalReader;
  readonly sessions: Sessions;
  /** Checks and runs one command. Never rejects: a failure is an outcome with its problem. */
  execute(command: unknown): Promise<Outcome>;
  /** The open sockets, in the order they were opened. */
  sockets(): readonly SocketState[];
  /** These sockets, or all of them, as the kernel's own table has them; closed ones for a while. Never rejects. */
  kernel(sockets: ReadonlySet<number> | null): Promise<KernelView>;
  /** A connection to the agent's own port took a descriptor: how many are left, as far as anyone knows. */
  tookDescriptor(): { readonly left: number; readonly most: number };
  /** From now on no socket may bind or target the agent's own TCP port, on any local address. */
  reservePort(port: number): void;
  /** Closes every socket; resolves when none is left. */
  shutdown(): Promise<void>;
}
