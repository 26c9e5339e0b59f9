/** One form at work: what is wrong with it, whether it is being carried out, and what came of that. */
import type { SocketType } from '@socket-playground/shared/events/address.ts';
import type { SocketTable } from '@socket-playground/shared/events/reduce.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { RunCommand } from '../../store/store.svelte.ts';
import { withLikelyTarget } from './help.ts';
import { readForm, withProtocol } from './model.ts';
import type { Form, Kind, OpenCommand, Reading } from './model.ts';
import type { Openings } from './openings.svelte.ts';
import { Resolver } from './resolver.svelte.ts';
import { holderOf, triesFor } from './tries.ts';
import type { Try } from './tries.ts';
import type { Entry } from './shapes.ts';
import { callsOf, open, stoppedCall } from './steps.ts';
import type { Step } from './steps.ts';

interface World {
  readonly kind: Kind;
  readonly openings: Openings;
  readonly run: RunCommand;
  readonly sockets: () => SocketTable;
  readonly onselect: (socket: number) => void;
  /** Something failed whose form is not there any more. */
  readonly onproblem: (problem: Problem) => void;
}

interface Refusal {
  readonly problem: Problem;
  readonly command: OpenCommand;
  readonly during: Step['verb'] | null;
}

export interface Call {
  readonly text: string;
  readonly stopsHere: boolean;
}

export class Attempt {
  readonly resolver: Resolver;
  readonly #world: World;
  #busy = $state.raw(false);
  /** Whether wrong fields are pointed out: not before the first try. */
  #tried = $state.raw(false);
  #refusal = $state.raw<Refusal | null>(null);
  #isLeft = false;

  constructor(world: World) {
    this.#world = world;
    this.resolver = new Resolver(world.run);
  }

  get busy(): boolean {
    return this.#busy;
  }

  get form(): Form {
    return this.#world.openings.form(this.#world.kind);
  }

  get reading(): Reading {
    return readForm(this.form);
  }

  get host(): string {
    return String(this.form.entries.host ?? '').trim();
  }

  get calls(): readonly Call[] {
    const { reading, form } = this;
    if (!reading.ok) return [];
    const steps = callsOf(reading.command, form.extras, this.resolver.addressOf(this.host));
    const refusal = this.#refusal;
    const stop = refusal === null ? -1 : stoppedCall(steps, refusal.problem, refusal.during);
    return steps.map(({ text }, index) => ({ text, stopsHere: index === stop }));
  }

  /** The problem, with the socket of ours that is in the way where there is one. */
  get problem(): Problem | null {
    const refusal = this.#refusal;
    const holder = this.#holder;
    if (refusal?.problem.code !== 'EADDRINUSE' || holder === null) return refusal?.problem ?? null;
    const hint = `#${holder.socket} ${holder.behaviour.name} is there. One address, port and protocol can have one server.`;
    return { ...refusal.problem, hint };
  }

  get tries(): readonly Try[] {
    const refusal = this.#refusal;
    return refusal === null ? [] : triesFor(refusal.problem, refusal.command, this.#holder);
  }

  get #holder(): SocketState | null {
    return this.#refusal === null ? null : holderOf(this.#refusal.command, this.#world.sockets());
  }

  /** What is wrong with a field, once it was tried. */
  wrong(name: string): string | null {
    const { reading } = this;
    if (this.#tried && !reading.ok) return reading.wrong.get(name) ?? null;
    return null;
  }

  /** Whether a field is to blame for what happened. */
  blames(name: string): boolean {
    const { problem } = this;
    return (
      this.wrong(name) !== null ||
      problem?.field === name ||
      (name === 'port' && problem?.code === 'EADDRINUSE')
    );
  }

  edit(form: Form): void {
    this.#refusal = null;
    this.#world.openings.edit(form);
  }

  /** Another protocol: a client looks for a server that speaks it. */
  speak(socketType: SocketType): void {
    const form = withProtocol(this.form, socketType);
    this.edit(form.kind === 'client' ? withLikelyTarget(form, this.#world.sockets()) : form);
  }

  enter(entries: Readonly<Record<string, Entry>>): void {
    this.edit({ ...this.form, entries: { ...this.form.entries, ...entries } });
  }

  /** Carries the form out, once. False when a field is wrong and nothing was sent. */
  async submit(): Promise<boolean> {
    if (this.#busy) return true;
    this.#tried = true;
    const { reading, form } = this;
    if (!reading.ok) return false;
    this.#busy = true;
    const { command } = reading;
    const resolved = this.resolver.addressOf(this.host);
    const opened = await open(this.#world.run, command, form.extras, resolved);
    this.#busy = false;
    if (opened.ok) this.#opened(opened.socket, form);
    else this.#refused({ problem: opened.problem, command, during: opened.during });
    return true;
  }

  /** Its form is closed: what still comes of it takes nothing out of the hands of who does something else by now. */
  leave(): void {
    this.#isLeft = true;
  }

  #opened(socket: number, { entries }: Form): void {
    const { openings, kind, onselect } = this.#world;
    openings.spendLabel(kind, entries.label);
    if (this.#isLeft) return;
    onselect(socket);
    openings.opened(kind, socket);
  }

  #refused(refusal: Refusal): void {
    if (this.#isLeft) this.#world.onproblem(refusal.problem);
    else this.#refusal = refusal;
  }

  /** Does what was offered, and tries again. */
  async follow(offer: Try): Promise<void> {
    const { openings, run, sockets } = this.#world;
    const { socketType, entries } = this.form;
    switch (offer.kind) {
      case 'serve':
        await openings.show('server', sockets(), { socketType, entries });
        return;
      case 'close':
        await run({ type: 'close', socket: offer.socket });
        if (this.#isLeft) return;
        break;
      case 'set':
        this.enter(offer.entries);
        break;
    }
    await this.submit();
  }
}
