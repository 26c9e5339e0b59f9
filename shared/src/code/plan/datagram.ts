/** One UDP socket's events → calls. Each datagram is a call of its own: they have borders. */
import type { EventOf } from '../../events/event.ts';
import { formatAddress } from '../../events/address.ts';
import type { Step } from '../plan.ts';
import type { Story, Told } from '../story.ts';
import { isOf } from './cursor.ts';
import { isSameCall } from './dial.ts';
import { patienceOf } from './patience.ts';
import type { Payloads } from './payloads.ts';
import { Teller } from './teller.ts';

export function stepsOfDatagrams(story: Story, payloads: Payloads, ask: number): readonly Step[] {
  const teller = new DatagramTeller(story, payloads, ask);
  teller.tell();
  return teller.steps;
}

/** Datagrams in a row that are worth a loop. */
const worthALoop = 3;

class DatagramTeller extends Teller {
  #isConnected = false;
  #now: 'opened' | 'bound' | 'connected' | 'over' = 'opened';

  tell(): void {
    if (!isOf(this.cursor.peek(), 'opened')) this.#beginning();
    for (let event = this.cursor.take(); event !== undefined; event = this.cursor.take()) this.#one(event);
    this.settle();
    if (this.#now !== 'over') this.add({ is: 'next', seqs: [], now: this.#now });
  }

  #beginning(): void {
    const { family, local, remote } = this.story.state;
    this.note('its first events are not here any more', []);
    this.#make(family, []);
    if (local !== null) this.bind(local, 0, remote !== null);
    if (remote === null) return;
    this.#isConnected = true;
    this.add({ is: 'connect', to: remote, found: null, seqs: [], fails: null });
  }

  #one(event: Told): void {
    switch (event.type) {
      case 'omitted':
        return this.leftOut(event);
      case 'opened':
        return this.#make(event.family, [event.seq]);
      case 'option-set':
        return this.option(event);
      case 'resolved':
        return this.resolved(event);
      case 'bound':
        return this.#bound(event);
      case 'connecting':
        return this.#connect(event);
      case 'sent':
        return this.#send(event);
      case 'received':
        return this.#receive(event);
      case 'failed':
        return this.#failed(event);
      case 'closed':
        this.#now = 'over';
        return this.add({ is: 'close', seqs: [event.seq] });
      case 'behaving':
        return event.behaviour.name === 'none' ? this.keepFor([event.seq]) : this.unusual(event);
      case 'dropped':
      case 'paused':
      case 'resumed':
        return this.unusual(event);
      default:
        // What only streams go through.
        return this.keepFor([event.seq]);
    }
  }

  #make(family: 'inet' | 'inet6', seqs: readonly number[]): void {
    this.add({ is: 'socket', family, socketType: 'dgram', seqs });
    if (this.#joins) this.add({ is: 'reuse', seqs: [] });
    if (this.#asksFirst) this.add({ is: 'timeout', seconds: patienceOf(this.story.told), seqs: [] });
  }

  /** Members of a group on one computer share its port. */
  get #joins(): boolean {
    return this.story.told.some((event) => isOf(event, 'option-set') && event.option === 'addMembership');
  }

  /** Whether it sends before it receives, as a client does, and then waits for an answer that may be lost. */
  get #asksFirst(): boolean {
    const { told } = this.story;
    const first = told.find((event) => isOf(event, 'sent') || isOf(event, 'received'));
    return isOf(first, 'sent') && told.some((event) => isOf(event, 'received') || isOf(event, 'failed'));
  }

  /** The kernel binds a socket by itself when it first sends: then nobody called bind. */
  #bound(event: EventOf<'bound'>): void {
    this.#now = 'bound';
    const next = this.cursor.peek();
    const isByItself = (isOf(next, 'connecting') || isOf(next, 'sent')) && isSameCall(event, next);
    if (isByItself) this.keepFor([event.seq]);
    else this.bind(event.local, event.seq, this.#asksFirst);
  }

  #connect({ seq, remote }: EventOf<'connecting'>): void {
    const name = this.takeName();
    const found = name === null ? null : this.connectName(name, remote);
    const failed = this.cursor.takeIf('failed');
    const connected = failed === null ? this.cursor.takeIf('connected') : null;
    const fails = failed && { code: failed.code, seqs: [failed.seq] };
    this.#isConnected = failed === null;
    if (this.#isConnected) this.#now = 'connected';
    this.add({ is: 'connect', to: remote, found, seqs: connected ? [seq, connected.seq] : [seq], fails });
  }

  #send(event: EventOf<'sent'>): void {
    const data = this.payloads.sent(event);
    const name = this.takeName();
    const to = event.remote;
    if (this.#isConnected || to === undefined) this.add({ is: 'send', seqs: [event.seq], data });
    else {
      const host = name?.host ?? to.host;
      const seqs = name === null ? [event.seq] : [name.seq, event.seq];
      this.add({ is: 'sendto', seqs, data, to: { host, port: to.port } });
    }
  }

  #receive(first: EventOf<'received'>): void {
    const row = this.#rowOf(first);
    const many = row.length >= worthALoop ? row : row.slice(0, 1);
    this.cursor.skip(many.length - 1);
    const last = many.at(-1) ?? first;
    this.add({
      is: 'recvfrom',
      count: many.length,
      seqs: many.map(({ seq }) => seq),
      from: last.remote ?? { host: '', port: 0 },
      isConnected: this.#isConnected,
      data: this.payloads.received([first]),
    });
  }

  /** The datagrams that came one right after the other. */
  #rowOf(first: EventOf<'received'>): readonly EventOf<'received'>[] {
    const row = [first];
    const from = first.remote && formatAddress(first.remote);
    for (let next = this.cursor.peek(); isOf(next, 'received'); next = this.cursor.peek(row.length - 1)) {
      if ((next.remote && formatAddress(next.remote)) !== from) break;
      row.push(next);
    }
    return row;
  }

  /** A connected socket is told of a datagram that nobody took, and says so at the next call (udp(7)). */
  #failed(event: EventOf<'failed'>): void {
    const isReported = this.#isConnected && event.during === 'send' && event.code === 'ECONNREFUSED';
    if (!isReported) return this.failed(event);
    const fails = { code: event.code, seqs: [event.seq] };
    this.add({ is: 'trouble', ask: this.ask, seqs: [], fails });
  }
}
