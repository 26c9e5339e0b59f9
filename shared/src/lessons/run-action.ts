/** Has the agent do what an action says. Nearly every action is one command; a server with a read size of its own is two. */
import type { Command } from '../commands/verbs.ts';
import type { Outcome } from '../wire/messages.ts';
import { commandOf } from './commands.ts';
import type { CommandAction } from './commands.ts';
import type { Names } from './names.ts';

export type Run = (command: Command) => Promise<Outcome>;

/** The outcome of the first command that failed, else of the action's own. Connections inherit what a listener has. */
export async function runAction(action: CommandAction, names: Names, run: Run): Promise<Outcome> {
  const outcome = await run(commandOf(action, names));
  const { readSize } = 'serve' in action ? action : { readSize: undefined };
  if (readSize === undefined || !outcome.ok || typeof outcome.result.socket !== 'number') return outcome;
  const { socket } = outcome.result;
  const set = await run({ type: 'setsockopt', socket, option: 'readSize', value: readSize });
  return set.ok ? outcome : set;
}
