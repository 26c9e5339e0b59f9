import type { Result } from '../result.ts';
import type { CommandOf, ResultOf, Verb } from '@socket-playground/shared/commands/verbs.ts';
import type { Policy } from '../policy/policy.ts';
import type { Hub } from '../sockets/hub.ts';

/** What every command's handler works with. */
export interface Core {
  readonly hub: Hub;
  readonly policy: Policy;
}

export type Handler<V extends Verb> = (command: CommandOf<V>, core: Core) => Promise<Result<ResultOf<V>>>;
