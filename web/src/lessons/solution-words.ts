/** What a solution does, a line an action, in the words of the page's own buttons. */
import { predictionOf } from '@socket-playground/shared/lessons/attempt.ts';
import type { Attempt } from '@socket-playground/shared/lessons/state.ts';
import { placeOf } from '@socket-playground/shared/lessons/commands.ts';
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import { questionsOf } from '@socket-playground/shared/lessons/lesson.ts';
import { bare } from '@socket-playground/shared/lessons/names.ts';
import type { Step } from '@socket-playground/shared/lessons/lesson.ts';
import type { Action, SendData, Target } from '@socket-playground/shared/lessons/actions.ts';
import { expand } from '@socket-playground/shared/lessons/names.ts';
import type { Names } from '@socket-playground/shared/lessons/names.ts';
import { formatEscapes } from '@socket-playground/shared/payload/escapes.ts';
import { solutionOf } from '@socket-playground/shared/lessons/solution.ts';
import { encodeUtf8 } from '@socket-playground/shared/payload/utf8.ts';
import { plural } from '@socket-playground/shared/plural.ts';
import { unreachable } from '@socket-playground/shared/unreachable.ts';

export function solutionWords(step: Step, attempt: Attempt, names: Names): readonly string[] {
  const words = new Words(step, attempt, names);
  return counted(solutionOf(step, attempt).flatMap((action) => words.of(action) ?? []));
}

/** What is done several times in a row is said once. */
function counted(lines: readonly string[]): readonly string[] {
  const said: { line: string; times: number }[] = [];
  for (const line of lines) {
    const last = said.at(-1);
    if (last?.line === line) last.times += 1;
    else said.push({ line, times: 1 });
  }
  return said.map(({ line, times }) => (times === 1 ? line : `${line}, ${plural(times, 'time')}`));
}

const protocols = { stream: 'TCP', dgram: 'UDP' } as const;
const families = { inet: 'IPv4', inet6: 'IPv6' } as const;

class Words {
  readonly #step: Step;
  readonly #attempt: Attempt;
  readonly #names: Names;
  /** Questions and predictions answered so far. */
  #answers = 0;
  /** What earlier actions of the solution made, by name. */
  readonly #made = new Map<string, string>();

  constructor(step: Step, attempt: Attempt, names: Names) {
    this.#step = step;
    this.#attempt = attempt;
    this.#names = names;
  }

  /** Null for what nobody sees. */
  of(action: Action): string | null {
    if ('answer' in action) return this.#answer(action.answer);
    if ('pauseFor' in action) return `Wait ${action.pauseFor}`;
    if ('wait' in action) return null;
    if ('outside' in action) return `Open http://${this.#place(action.outside)} in a new tab`;
    const words = this.#command(action);
    if (action.as !== undefined) this.#made.set(bare(action.as), madeBy(action));
    return words;
  }

  #command(
    action: Exclude<
      Action,
      { answer: unknown } | { pauseFor: unknown } | { wait: unknown } | { outside: unknown }
    >,
  ): string {
    if ('serve' in action) return this.#serve(action);
    if ('dial' in action) return this.#dial(action);
    if ('socket' in action) {
      const { socketType, family } = action.socket;
      return `Open a ${protocols[socketType]} socket, ${families[family]}`;
    }
    if ('bind' in action)
      return `Bind ${this.#who(action.bind)} to ${action.host}, port ${this.#port(action.port)}`;
    if ('listen' in action) return `Listen on ${this.#who(action.listen)}`;
    if ('connect' in action) return `Connect ${this.#who(action.connect)} to ${this.#place(action.to)}`;
    if ('accept' in action) return `Accept one client of ${this.#who(action.accept)}`;
    if ('send' in action) return `Send ${this.#data(action.send)} from ${this.#who(action.on)}`;
    if ('sendto' in action) return `Send ${this.#data(action.sendto)} to ${this.#place(action.to)}`;
    if ('close' in action)
      return `Close ${this.#who(action.close)}${action.connections === true ? ' and its connections' : ''}`;
    if ('reset' in action) return `Reset ${this.#who(action.reset)}`;
    if ('shutdown' in action) return `End what ${this.#who(action.shutdown)} sends`;
    if ('pause' in action) return `Pause ${this.#who(action.pause)}: stop reading`;
    if ('resume' in action) return `Resume ${this.#who(action.resume)}: read again`;
    if ('behave' in action) return `Make ${this.#who(action.behave)} behave as ${action.behaviour.name}`;
    if ('setsockopt' in action)
      return `Set ${action.option} of ${this.#who(action.setsockopt)} to ${String(action.value)}`;
    if ('resolve' in action) return `Look up ${this.#say(action.resolve)}`;
    return unreachable(action);
  }

  #dial({ dial, socketType, readSize, timeout }: Extract<Action, { dial: unknown }>): string {
    const client = socketType === 'dgram' ? 'UDP client' : 'client';
    const reads = readSize === undefined ? '' : `, read size ${readSize}`;
    const waits = timeout === undefined ? '' : `, timeout ${timeout} ms`;
    return `Connect a ${client} to ${this.#place(dial)}${reads}${waits}`;
  }

  #serve(action: Extract<Action, { serve: unknown }>): string {
    const { serve, behaviour, host = '127.0.0.1', port = 0, accept, readSize } = action;
    const name = behaviour === undefined || behaviour.name === 'none' ? '' : `${behaviour.name} `;
    const by = accept === 'manual' ? ', accepting by hand' : '';
    const reads = readSize === undefined ? '' : `, read size ${readSize}`;
    return `Open ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}server, ${protocols[serve]}, on ${host}, ${port === 0 ? 'any free port' : `port ${this.#port(port)}`}${by}${reads}`;
  }

  /** Answers to predictions are positions; the words are what can be chosen. */
  #answer(answer: Extract<Action, { answer: unknown }>['answer']): string {
    const prediction = predictionOf(this.#attempt, this.#step);
    const place = this.#answers;
    this.#answers += 1;
    if (prediction !== null && place === 0)
      return `Predict: ${this.#say(prediction.options[Number(answer)] ?? '')}`;
    const question = questionsOf(this.#step)[place - (prediction === null ? 0 : 1)];
    if (typeof answer !== 'object') return answerWords(this.#say(reference(String(answer))));
    const sides = answer.map(String);
    return question !== undefined && 'pairs' in question
      ? `Answer: ${question.left.map((left, index) => `${left}: ${sides[index] ?? ''}`).join('; ')}`
      : `Answer: ${sides.join(', ')}`;
  }

  #say(text: string): string {
    return expand(text, this.#names);
  }

  #who(name: string): string {
    const socket = this.#names.thing(bare(name))?.socket ?? null;
    return socket === null ? (this.#made.get(bare(name)) ?? 'it') : `#${socket}`;
  }

  #place(target: Target): string {
    try {
      return formatAddress(placeOf(target, this.#names));
    } catch {
      // What the solution itself opens has no address before.
      return typeof target === 'string' ? (this.#made.get(bare(target)) ?? 'it') : this.#say(target.host);
    }
  }

  #port(port: number | string): string {
    return this.#say(reference(String(port)));
  }

  #data(data: SendData): string {
    if (typeof data === 'string') return written(this.#say(data));
    if ('hex' in data) return `hex ${data.hex}`;
    return `${plural(data.size, 'byte')} of ${written(this.#say(data.repeat))}`;
  }
}

/** What is known only once it has happened stands in the log. */
const answerWords = (answer: string) =>
  answer.includes('${') ? 'Answer with what the log says' : `Answer: ${answer}`;

/** `$c.remote.port` as a text has it. */
const reference = (text: string) => (/^\$[A-Za-z]/.test(text) ? `\${${text.slice(1)}}` : text);

const written = (text: string) => formatEscapes(encodeUtf8(text));

function madeBy(action: Action): string {
  if ('serve' in action) return 'that server';
  if ('accept' in action) return 'that connection';
  return 'dial' in action ? 'that client' : 'that socket';
}
