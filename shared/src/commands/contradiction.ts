/** Fields that are right each by itself and wrong together. What needs the kernel or the socket's state is left to the agent. */
import { behaviourProblem } from '../behaviours/serves.ts';
import { literalFamily } from '../events/address.ts';
import type { Family } from '../events/address.ts';
import { problem } from '../problems.ts';
import type { Problem } from '../problem.ts';
import type { Command, CommandOf } from './verbs.ts';

const familyWords = { inet: 'IPv4', inet6: 'IPv6' } as const;

function familyProblem(host: string, family: Family | undefined): Problem | null {
  const own = literalFamily(host);
  if (family === undefined || own === null || own === family) return null;
  return problem(
    'bad-field',
    {
      message: `"host" is an ${familyWords[own]} address, and "family" asks for ${familyWords[family]}.`,
      hint: `Leave "family" out, or use "${own}": a numeric address has one family.`,
    },
    'host',
  );
}

function streamOnly(field: string, reason: string): Problem {
  return problem(
    'bad-field',
    {
      message: `A dgram socket takes no "${field}": ${reason}.`,
      hint: 'Leave it out, or use a stream socket.',
    },
    field,
  );
}

function serveProblem(command: CommandOf<'serve'>): Problem | null {
  const { socketType, family, host, behaviour } = command;
  const misplaced = (['backlog', 'accept'] as const).find((field) => command[field] !== undefined);
  if (socketType === 'dgram' && misplaced) return streamOnly(misplaced, 'it accepts no connections');
  return familyProblem(host, family) ?? (behaviour && behaviourProblem(behaviour, socketType)) ?? null;
}

function dialProblem({ socketType, family, host, behaviour, readSize }: CommandOf<'dial'>): Problem | null {
  if (socketType === 'dgram' && readSize !== undefined)
    return streamOnly('readSize', 'it reads one datagram at a time');
  return familyProblem(host, family) ?? (behaviour && behaviourProblem(behaviour, socketType)) ?? null;
}

/** The first contradiction within a command, or null. */
export function contradiction(command: Command): Problem | null {
  switch (command.type) {
    case 'serve':
      return serveProblem(command);
    case 'dial':
      return dialProblem(command);
    case 'listen':
      return command.behaviour ? behaviourProblem(command.behaviour, 'stream') : null;
    case 'resolve':
      return familyProblem(command.host, command.family);
    default:
      return null;
  }
}
