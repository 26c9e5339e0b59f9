/** The system calls a form makes: shown before they run, run one by one where one command does not do it. */
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Family } from '@socket-playground/shared/events/address.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import { defaultBacklog } from '@socket-playground/shared/commands/defaults.ts';
import type { Extras, OpenCommand } from './model.ts';

export interface Step {
  /** As a C program would write it. */
  readonly text: string;
  /** The verb whose failure stops here. */
  readonly verb: 'resolve' | 'socket' | 'setsockopt' | 'bind' | 'listen' | 'connect' | 'behave';
}

const isLiteral = (host: string) => host.includes(':') || /^\d+(\.\d+){3}$/.test(host);

/** The family that a literal address has, or that was asked for; a name has the one it resolves to. */
function familyOf(host: string, chosen: Family | undefined, resolved: string | null): Family {
  if (chosen) return chosen;
  return (resolved ?? host).includes(':') ? 'inet6' : 'inet';
}

const afNames = { inet: 'AF_INET', inet6: 'AF_INET6' } as const;
const typeNames = { stream: 'SOCK_STREAM', dgram: 'SOCK_DGRAM' } as const;

function extraSteps({ broadcast, group, joinOn }: Extras, family: Family): Step[] {
  const steps: Step[] = [];
  if (broadcast) steps.push({ text: 'setsockopt(SO_BROADCAST, 1)', verb: 'setsockopt' });
  if (group !== '') {
    const option = family === 'inet6' ? 'IPV6_JOIN_GROUP' : 'IP_ADD_MEMBERSHIP';
    const on = joinOn === '' ? '' : `, on ${joinOn}`;
    steps.push({ text: `setsockopt(${option}, "${group}"${on})`, verb: 'setsockopt' });
  }
  return steps;
}

/** The calls in their order. `resolved` is the address of a name, once it is known. */
export function callsOf(command: OpenCommand, extras: Extras, resolved: string | null): readonly Step[] {
  const { host, port, socketType } = command;
  const family = familyOf(host, command.family, resolved);
  const target = resolved ?? host;
  const steps: Step[] = isLiteral(host) ? [] : [{ text: `getaddrinfo("${host}")`, verb: 'resolve' }];
  steps.push({ text: `socket(${afNames[family]}, ${typeNames[socketType]})`, verb: 'socket' });
  const ofExtras = socketType === 'dgram' ? extraSteps(extras, family) : [];
  if (command.type === 'dial')
    return [...steps, ...ofExtras, { text: `connect("${target}", ${port})`, verb: 'connect' }];
  steps.push(...ofExtras, { text: `bind("${target}", ${port})`, verb: 'bind' });
  if (socketType === 'stream')
    steps.push({ text: `listen(${command.backlog ?? defaultBacklog})`, verb: 'listen' });
  return steps;
}

const stopsAt: ReadonlyMap<string, Step['verb']> = new Map([
  ['EADDRINUSE', 'bind'],
  ['EADDRNOTAVAIL', 'bind'],
  ['EACCES', 'bind'],
  ['policy-self', 'bind'],
  ['policy-listen', 'bind'],
  ['ENOTFOUND', 'resolve'],
  ['EAI_AGAIN', 'resolve'],
  ['ENODATA', 'resolve'],
  ['EMFILE', 'socket'],
  ['ENFILE', 'socket'],
  ['EAFNOSUPPORT', 'socket'],
  ['too-many-sockets', 'socket'],
]);

/** Which of the calls a problem stopped; -1 when it is about none of them. `during` is the verb, where it is known. */
export function stoppedCall(steps: readonly Step[], { code }: Problem, during: Step['verb'] | null): number {
  const last = steps.at(-1)?.verb ?? 'bind';
  const known = stopsAt.get(code);
  const ownSockets = last === 'connect' ? 'connect' : known;
  const named = known === 'resolve' || known === 'socket' ? known : ownSockets;
  const verb = during ?? named ?? last;
  return steps.findIndex((step) => step.verb === verb);
}

export type Opened =
  | { readonly ok: true; readonly socket: number }
  | { readonly ok: false; readonly problem: Problem; readonly during: Step['verb'] | null };

type Run = (command: Command) => Promise<Outcome>;

const lostReply: Problem = {
  code: 'internal',
  message: 'The agent answered without the number of the socket.',
  hint: 'Reload the page. If that does not help, restart the agent.',
};

const needsSteps = ({ socketType }: OpenCommand, { broadcast, group }: Extras) =>
  socketType === 'dgram' && (broadcast || group !== '');

/** Opens what the form says. After a failure nothing half-made remains. */
export async function open(
  run: Run,
  command: OpenCommand,
  extras: Extras,
  resolved: string | null,
): Promise<Opened> {
  if (needsSteps(command, extras)) return openByCalls(run, command, extras, resolved);
  const outcome = await run(command);
  if (!outcome.ok) return { ok: false, problem: outcome.problem, during: null };
  return socketIn(outcome.result);
}

function socketIn(result: Readonly<Record<string, unknown>>): Opened {
  const { socket } = result;
  return typeof socket === 'number' ? { ok: true, socket } : { ok: false, problem: lostReply, during: null };
}

/** setsockopt of the extras, in the order of `callsOf`. */
function extraCommands(socket: number, { broadcast, group, joinOn }: Extras): Command[] {
  const commands: Command[] = [];
  if (broadcast) commands.push({ type: 'setsockopt', socket, option: 'broadcast', value: true });
  if (group !== '') {
    const value = joinOn === '' ? { group } : { group, interface: joinOn };
    commands.push({ type: 'setsockopt', socket, option: 'addMembership', value });
  }
  return commands;
}

function commandsAfterSocket(socket: number, command: OpenCommand, extras: Extras): Command[] {
  const { host, port } = command;
  const setting = extraCommands(socket, extras);
  const behave: Command[] =
    command.behaviour && command.behaviour.name !== 'none'
      ? [{ type: 'behave', socket, behaviour: command.behaviour }]
      : [];
  if (command.type === 'serve') return [...setting, { type: 'bind', socket, host, port }, ...behave];
  const timeout = command.timeout === undefined ? {} : { timeout: command.timeout };
  return [...setting, ...behave, { type: 'connect', socket, host, port, ...timeout }];
}

async function openByCalls(
  run: Run,
  command: OpenCommand,
  extras: Extras,
  resolved: string | null,
): Promise<Opened> {
  const { host, socketType, label } = command;
  const family = familyOf(host, command.family, resolved);
  const first = await run({ type: 'socket', family, socketType, ...(label === undefined ? {} : { label }) });
  if (!first.ok) return { ok: false, problem: first.problem, during: 'socket' };
  const opened = socketIn(first.result);
  if (!opened.ok) return opened;
  for (const next of commandsAfterSocket(opened.socket, command, extras)) {
    const outcome = await run(next);
    if (outcome.ok) continue;
    await run({ type: 'close', socket: opened.socket });
    return { ok: false, problem: outcome.problem, during: stepOf(next, outcome.problem) };
  }
  return opened;
}

/** The agent keeps options until there is a kernel socket, so a refused one is told by what follows: by its `value…`. */
function stepOf({ type }: Command, { field }: Problem): Step['verb'] | null {
  if (field?.startsWith('value')) return 'setsockopt';
  return type === 'bind' || type === 'setsockopt' || type === 'behave' || type === 'connect' ? type : null;
}
