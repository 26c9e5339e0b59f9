import { parseCommand } from '@socket-playground/shared/commands/parse.ts';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import { problem } from '@socket-playground/shared/problems.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import type { Result } from '../result.ts';
import { accept } from './accept.ts';
import { behave } from './behave.ts';
import { bind } from './bind.ts';
import { close } from './close.ts';
import { connect } from './connect.ts';
import type { Core } from './core.ts';
import { dial } from './dial.ts';
import { listen } from './listen.ts';
import { pause } from './pause.ts';
import { resolve } from './resolve.ts';
import { resume } from './resume.ts';
import { send } from './send.ts';
import { sendto } from './sendto.ts';
import { serve } from './serve.ts';
import { setsockopt } from './setsockopt.ts';
import { shutdown } from './shutdown.ts';
import { socket } from './socket.ts';

/** Checks and runs one command, whoever sent it. Never rejects: a bug is an outcome too. */
export async function execute(input: unknown, core: Core, onBug: (error: unknown) => void): Promise<Outcome> {
  const parsed = parseCommand(input);
  if (!parsed.ok) return parsed;
  try {
    const result = await run(parsed.command, core);
    return result.ok ? { ok: true, result: result.value } : result;
  } catch (error) {
    onBug(error);
    return { ok: false, problem: problem('internal', null) };
  }
}

/** The verbs and their handlers: one line each, and the compiler misses the one that is forgotten. */
function run(command: Command, core: Core): Promise<Result<Record<string, unknown>>> {
  switch (command.type) {
    case 'socket':
      return socket(command, core);
    case 'setsockopt':
      return setsockopt(command, core);
    case 'resolve':
      return resolve(command, core);
    case 'bind':
      return bind(command, core);
    case 'listen':
      return listen(command, core);
    case 'accept':
      return accept(command, core);
    case 'connect':
      return connect(command, core);
    case 'send':
      return send(command, core);
    case 'sendto':
      return sendto(command, core);
    case 'pause':
      return pause(command, core);
    case 'resume':
      return resume(command, core);
    case 'shutdown':
      return shutdown(command, core);
    case 'close':
      return close(command, core);
    case 'behave':
      return behave(command, core);
    case 'serve':
      return serve(command, core);
    case 'dial':
      return dial(command, core);
    default:
      return unreachable(command);
  }
}
