/** What tellers of streams and of datagrams have in common: they go through one story and write steps. */
import { plural } from '../../plural.ts';
import type { Address } from '../../events/address.ts';
import { defaultBacklog } from '../../commands/defaults.ts';
import type { EventOf } from '../../events/event.ts';
import type { BindStep, Failure, Step } from '../plan.ts';
import type { Omitted, Story } from '../story.ts';
import { Cursor } from './cursor.ts';
import type { Payloads } from './payloads.ts';
import { addressIn } from './words.ts';

type Body = Step extends infer S ? (S extends Step ? Omit<S, 'on'> : never) : never;

/** From here on the system gives out ports by itself (Linux, ip_local_port_range). */
const firstPassingPort = 32_768;

export abstract class Teller {
  protected readonly story: Story;
  protected readonly cursor: Cursor;
  protected readonly payloads: Payloads;
  /** Bytes that a read asks for. */
  protected ask: number;
  readonly #steps: Step[] = [];
  #resolved: EventOf<'resolved'> | null = null;
  /** Numbers of events that belong to what comes next. */
  #ahead: number[] = [];

  constructor(story: Story, payloads: Payloads, ask: number) {
    this.story = story;
    this.cursor = new Cursor(story.told);
    this.payloads = payloads;
    this.ask = ask;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  protected add(body: Body): void {
    const seqs = [...this.#ahead, ...body.seqs];
    this.#ahead = [];
    this.#steps.push({ ...body, on: this.story.socket, seqs });
  }

  /** The event has no call of its own. */
  protected keepFor(seqs: readonly number[]): void {
    this.#ahead.push(...seqs);
  }

  /** What was kept and nothing came for goes to the step before. */
  protected settle(): void {
    const last = this.#steps.pop();
    if (last !== undefined) this.#steps.push({ ...last, seqs: [...last.seqs, ...this.#ahead] });
    this.#ahead = [];
  }

  protected note(text: string, seqs: readonly number[]): void {
    this.add({ is: 'note', text, seqs, span: null });
  }

  protected leftOut({ seq, to, count }: Omitted): void {
    const text = `… ${plural(count, 'more event')}, No. ${seq} to ${to}`;
    this.add({ is: 'note', text, seqs: [], span: { from: seq, to } });
  }

  protected option({ seq, option, value }: EventOf<'option-set'>): void {
    if (option === 'readSize' && typeof value === 'number') {
      this.ask = value;
      this.keepFor([seq]);
      return;
    }
    const { family, socketType } = this.story.state;
    this.add({ is: 'option', seqs: [seq], family, socketType, option, value });
  }

  protected resolved(event: EventOf<'resolved'>): void {
    this.#resolved = event;
  }

  /** The name that was looked up for the call that is told now, if one was. */
  protected takeName(): EventOf<'resolved'> | null {
    const name = this.#resolved;
    this.#resolved = null;
    return name;
  }

  protected bind(local: Address, seq: number, isPassing: boolean): void {
    const name = this.takeName();
    const at = { host: name?.host ?? local.host, port: local.port };
    const anyPort = isPassing && local.port >= firstPassingPort;
    this.add({
      is: 'bind',
      seqs: name === null ? [seq] : [name.seq, seq],
      at: anyPort ? { ...at, port: 0 } : at,
      was: anyPort ? local.port : null,
      fails: null,
    });
  }

  /** A call that failed; what cannot be called again is said in words. */
  protected failed(event: EventOf<'failed'>): void {
    const fails: Failure = { code: event.code, seqs: [event.seq] };
    const { family, socketType } = this.story.state;
    const named = addressIn(event, socketType);
    if (named !== null && event.during === 'resolve') {
      this.add({
        is: 'resolve',
        host: named.host,
        port: named.port ?? 0,
        family,
        socketType,
        seqs: [],
        fails,
      });
    } else if (named !== null && named.port !== null && event.during === 'bind') {
      this.add(refusedBind({ host: named.host, port: named.port }, fails));
    } else if (event.during === 'listen')
      this.add({ is: 'listen', backlog: defaultBacklog, seqs: [], fails });
    else this.note(`${event.during} failed here with ${event.code}: ${event.message}`, [event.seq]);
  }

  protected unusual(event: EventOf<'behaving' | 'dropped' | 'paused' | 'resumed'>): void {
    this.note(sayOf(event), [event.seq]);
  }

  protected connectName(name: EventOf<'resolved'>, to: Address): number | null {
    const { family, socketType } = this.story.state;
    const { host, seq } = name;
    this.add({ is: 'resolve', host, port: to.port, family, socketType, seqs: [seq], fails: null });
    const found = name.addresses.filter((address) => address.family === family);
    const position = found.findIndex((address) => address.host === to.host);
    return position < 0 ? null : position;
  }
}

const refusedBind = (at: Address, fails: Failure): Omit<BindStep, 'on'> => ({
  is: 'bind',
  at,
  was: null,
  seqs: [],
  fails,
});

function sayOf(event: EventOf<'behaving' | 'dropped' | 'paused' | 'resumed'>): string {
  switch (event.type) {
    case 'behaving':
      return `from here on it does as "${event.behaviour.name}" does: what it sends is its answers`;
    case 'dropped':
      return `${event.count} are missing here (${event.reason})`;
    case 'paused':
      return 'paused: nothing is received before it goes on';
    case 'resumed':
      return 'reads again';
  }
}
