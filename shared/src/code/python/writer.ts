/** What a Python program needs beside its lines, gathered while they are written. */
import type { Address } from '../../events/address.ts';
import type { Plan } from '../plan.ts';
import type { Written } from '../program.ts';
import { helpers } from './helpers.ts';
import type { Helper } from './helpers.ts';
import { Paper } from './paper.ts';
import { comment, quoted } from './text.ts';

export class Writer {
  readonly plan: Plan;
  readonly main = new Paper();
  /** Functions that stand before the program. */
  readonly functions = new Paper();
  /** Where each datagram's sender is kept: a variable's name by address. */
  readonly senders = new Map<string, string>();
  /** Which sockets are datagram sockets: their calls have other names. */
  readonly datagrams = new Set<number>();
  readonly #imports = new Set<string>(['import socket']);
  readonly #helpers = new Set<Helper>();
  /** How deep each socket's block is. */
  readonly #depths = new Map<number, number>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** The variable of a socket. */
  name(socket: number): string {
    return this.plan.names.get(socket) ?? `s${socket}`;
  }

  uses(...statements: readonly string[]): void {
    for (const statement of statements) this.#imports.add(statement);
  }

  helper(name: Helper): string {
    this.#helpers.add(name);
    return name;
  }

  /** Begins the block a socket lives in, or does without where it has none. */
  live(socket: number, expression: string, seqs: readonly number[]): void {
    const name = this.name(socket);
    if (!this.plan.blocks.has(socket)) return this.main.line(`${name} = ${expression}`, seqs);
    this.#depths.set(socket, this.main.depth);
    this.main.open(expression === name ? `with ${name}:` : `with ${expression} as ${name}:`, seqs);
  }

  leave(socket: number): void {
    this.main.closeTo(this.#depths.get(socket) ?? this.main.depth);
  }

  finish(): readonly Written[] {
    this.main.closeTo(0);
    const paper = new Paper();
    const { label } = this.plan;
    if (label !== null) paper.comment(`label: ${label}`);
    for (const statement of [...this.#imports].sort(byModule)) paper.line(statement);
    const before = [...this.#helpers].flatMap((name) => [...gap, ...helpers[name].map(bare)]);
    const functions = this.functions.lines.length > 0 ? [...gap, ...this.functions.lines] : [];
    const space = before.length + functions.length > 0 ? gap : [bare('')];
    return [...paper.lines, ...before, ...functions, ...space, ...this.main.lines];
  }
}

const bare = (text: string): Written => ({ text, seqs: [], span: null });
const gap = [bare(''), bare('')];

/** `import x` before `from x import y`, each by name. */
const byModule = (a: string, b: string): number =>
  Number(a.startsWith('from')) - Number(b.startsWith('from')) || (a < b ? -1 : 1);

/** `("127.0.0.1", 8888)` */
export const tuple = ({ host, port }: Address): string => `(${quoted(host)}, ${port})`;

/** Behind a line: two spaces and a comment. */
export const remark = (text: string): string => `  ${comment(text)}`;
