/** One TCP socket's events → calls: a client, a listener, or a connection that somebody answers by hand. */
import type { EventOf } from '../../events/event.ts';
import { unreachable } from '../../unreachable.ts';
import type { Now, Step } from '../plan.ts';
import type { Story, Told } from '../story.ts';
import { isOf } from './cursor.ts';
import { dialled } from './dial.ts';
import type { Dialled } from './dial.ts';
import { patienceOf, timeoutOf } from './patience.ts';
import type { Payloads } from './payloads.ts';
import { Teller } from './teller.ts';

/** One read usually brings all of what fits one segment (Ethernet's 1500 bytes less headers, RFC 6691). */
const oneSegmentBytes = 1_448;

export function stepsOfStream(story: Story, payloads: Payloads, ask: number): readonly Step[] {
  const teller = new StreamTeller(story, payloads, ask);
  teller.tell();
  return teller.steps;
}

class StreamTeller extends Teller {
  #now: Now | 'accepted' | 'over' = 'opened';

  tell(): void {
    if (!isOf(this.cursor.peek(), 'opened')) this.#beginning();
    for (let event = this.cursor.take(); event !== undefined; event = this.cursor.take()) this.#one(event);
    this.settle();
    if (this.#now !== 'over' && this.#now !== 'accepted') this.add({ is: 'next', seqs: [], now: this.#now });
  }

  /** The first events are not here any more: what they came to is known. */
  #beginning(): void {
    const { family, remote, listener, local, role, backlog } = this.story.state;
    this.note('its first events are not here any more', []);
    if (listener !== null) this.add({ is: 'accept', listener, seqs: [] });
    else if (role === 'listener' && local !== null) {
      this.add({ is: 'socket', family, socketType: 'stream', seqs: [] });
      this.add({ is: 'reuse', seqs: [] });
      this.bind(local, 0, false);
      this.add({ is: 'listen', backlog: backlog ?? 0, seqs: [], fails: null });
    } else if (remote !== null) this.#call(remote, [], null);
    this.#now = role === 'listener' ? 'listening' : 'connected';
  }

  #one(event: Told): void {
    switch (event.type) {
      case 'omitted':
        return this.leftOut(event);
      case 'opened':
        return this.#opened(event);
      case 'option-set':
        return this.option(event);
      case 'resolved':
        return this.resolved(event);
      case 'bound':
        return this.#bound(event);
      case 'listening':
        this.#now = 'listening';
        return this.add({ is: 'listen', backlog: event.backlog, seqs: [event.seq], fails: null });
      case 'connecting':
        return this.#connect(event);
      case 'connected':
      case 'accepted':
        return this.keepFor([event.seq]);
      case 'sent':
        return this.add({ is: 'send', seqs: [event.seq], data: this.payloads.sent(event) });
      case 'received':
        return this.#receive(event);
      case 'blocked':
      case 'drained':
        return this.keepFor([event.seq]);
      case 'ended':
        return event.by === 'local' ? this.#endedHere(event) : this.#endedThere(event);
      case 'reset':
        return event.by === 'local' ? this.#reset(event) : this.#trouble('ECONNRESET', event.seq);
      case 'closed':
        return this.#close([event.seq]);
      case 'failed':
        return event.during === 'receive' ? this.#trouble(event.code, event.seq) : this.failed(event);
      case 'behaving':
        return event.behaviour.name === 'none' ? this.keepFor([event.seq]) : this.unusual(event);
      case 'paused':
      case 'resumed':
      case 'dropped':
        return this.unusual(event);
      default:
        return unreachable(event);
    }
  }

  #opened(opened: EventOf<'opened'>): void {
    const { listener } = opened;
    if (listener !== undefined) {
      const accepted = this.cursor.takeIf('accepted');
      const seqs = accepted === null ? [opened.seq] : [opened.seq, accepted.seq];
      this.#now = 'accepted';
      return this.add({ is: 'accept', listener, seqs });
    }
    const call = dialled(opened, this.cursor);
    if (call !== null) return this.#dial(opened, call);
    this.add({ is: 'socket', family: opened.family, socketType: 'stream', seqs: [opened.seq] });
    if (this.cursor.hasAhead('connecting')) this.add({ is: 'timeout', seconds: this.#patience, seqs: [] });
  }

  #dial(opened: EventOf<'opened'>, { count, host, port, readSize, failed }: Dialled): void {
    this.ask = readSize ?? this.ask;
    const seqs = [opened.seq, ...this.cursor.skip(count)];
    if (failed === null) return this.#call({ host, port }, seqs, null);
    const end = [...seqs.splice(-1), ...this.cursor.skip(1)];
    this.#now = 'over';
    const timeoutS = failed.code === 'ETIMEDOUT' ? timeoutOf(failed.tookNs) : this.#patience;
    const fails = { code: failed.code, seqs: end };
    this.add({ is: 'dial', to: { host, port }, timeoutS, seqs, fails });
  }

  #call(to: { readonly host: string; readonly port: number }, seqs: readonly number[], fails: null): void {
    this.#now = 'connected';
    this.add({ is: 'dial', to, timeoutS: this.#patience, seqs, fails });
  }

  get #patience(): number | null {
    return patienceOf(this.story.told);
  }

  #bound({ local, seq }: EventOf<'bound'>): void {
    this.#now = 'bound';
    const calls = this.cursor.hasAhead('connecting');
    if (!calls) this.add({ is: 'reuse', seqs: [] });
    this.bind(local, seq, calls);
  }

  #connect({ seq, time, remote }: EventOf<'connecting'>): void {
    const name = this.takeName();
    const found = name === null ? null : this.connectName(name, remote);
    const failed = this.cursor.takeIf('failed');
    if (failed?.code === 'ETIMEDOUT')
      this.add({ is: 'timeout', seconds: timeoutOf(failed.time - time), seqs: [] });
    const connected = failed === null ? this.cursor.takeIf('connected') : null;
    const fails = failed && { code: failed.code, seqs: [failed.seq] };
    this.add({ is: 'connect', to: remote, found, seqs: connected ? [seq, connected.seq] : [seq], fails });
    if (failed === null) this.#now = 'connected';
    else if (this.cursor.hasAhead('connecting', 'listening')) this.#again();
  }

  /** A socket whose connect failed is of no more use (connect(2), NOTES): another one takes its place. */
  #again(): void {
    const made = this.steps.filter(
      ({ is }) => is === 'socket' || is === 'option' || is === 'timeout' || is === 'bind',
    );
    this.add({ is: 'leave', why: 'again', seqs: [] });
    const from = made.findLastIndex(({ is }) => is === 'socket');
    for (const step of made.slice(Math.max(0, from))) this.add({ ...step, seqs: [] });
  }

  /** Reads that follow each other are one loop: how often one has to ask is for the kernel to say. */
  #receive(first: EventOf<'received'>): void {
    const seqs = [first.seq];
    const reads = [first];
    for (let next = this.cursor.peek(); isRead(next); next = this.cursor.peek()) {
      this.cursor.take();
      seqs.push(next.seq);
      if (next.type === 'received') reads.push(next);
    }
    const ended = this.#takeEnd();
    if (ended !== null) seqs.push(ended.seq);
    const data = this.payloads.received(reads);
    const isOne = reads.length === 1 && data.size <= oneSegmentBytes;
    const how = ended === null ? (isOne ? 'once' : 'exactly') : 'end';
    this.add({ is: 'receive', how, ask: this.ask, seqs, data });
  }

  #takeEnd(): EventOf<'ended'> | null {
    const next = this.cursor.peek();
    if (!isOf(next, 'ended') || next.by === 'local') return null;
    this.cursor.take();
    this.#now = 'ended-there';
    return next;
  }

  #endedThere({ seq }: EventOf<'ended'>): void {
    this.#now = 'ended-there';
    const data = { size: 0, bytes: new Uint8Array(0) };
    this.add({ is: 'receive', how: 'end', ask: this.ask, seqs: [seq], data });
  }

  #endedHere({ seq }: EventOf<'ended'>): void {
    const closed = this.cursor.takeIf('closed');
    if (closed !== null) return this.#close([seq, closed.seq]);
    this.#now = 'ended-here';
    this.add({ is: 'shutdown', seqs: [seq] });
  }

  #reset({ seq }: EventOf<'reset'>): void {
    const closed = this.cursor.takeIf('closed');
    this.#now = 'over';
    this.add({ is: 'reset', seqs: closed === null ? [seq] : [seq, closed.seq] });
  }

  #trouble(code: string, seq: number): void {
    this.add({ is: 'trouble', ask: this.ask, seqs: [], fails: { code, seqs: [seq] } });
  }

  #close(seqs: readonly number[]): void {
    this.#now = 'over';
    this.add({ is: 'close', seqs });
  }
}

const isRead = (event: Told | undefined): event is EventOf<'received' | 'blocked' | 'drained'> =>
  isOf(event, 'received') || isOf(event, 'blocked') || isOf(event, 'drained');
