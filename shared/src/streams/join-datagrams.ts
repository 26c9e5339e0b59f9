/**
 * Which datagram that one socket received is which that another sent, when both are ours.
 *
 * A datagram carries no number: order and content decide, and where they leave a choice nothing is said. What goes from
 * one socket to another of this machine keeps its order (one queue in the kernel); it can be lost, and never doubled.
 * So a receipt is settled when every send it could be is accounted for, and a send is lost when a later one of the same
 * flow has certainly arrived.
 */
import { streamLimits } from './limits.ts';

/** What became certain; `sent` and `received` are the numbers the caller gave. */
export type Settled =
  | { readonly is: 'joined'; readonly sent: number; readonly received: number }
  | { readonly is: 'lost'; readonly sent: number };

/** Datagrams of the same bytes. */
interface Alike {
  readonly content: string;
  /** Under way, the oldest first. */
  sent: number[];
  /** Receipts that may be any of them. */
  received: number[];
  /** A receipt was none of those under way: of these bytes nothing is said until the flow is certain again. */
  spoilt: boolean;
}

interface UnderWay {
  readonly number: number;
  readonly alike: Alike;
}

const nothing: readonly Settled[] = [];

/** Datagrams from one socket to another, told of in the order of the journal. Numbers rise. */
export class DatagramFlow {
  readonly #alike = new Map<string, Alike>();
  /** Those with receipts that are not settled. */
  readonly #doubtful = new Set<Alike>();
  /** The oldest first; what has been joined since is still in it, and no longer in its `alike`. */
  #underWay: UnderWay[] = [];

  /** `content` is the same for the same bytes, and differs for others. */
  sent(number: number, content: string): void {
    if (this.#underWay.length >= streamLimits.datagramsUnderWay) this.forget();
    const alike = this.#of(content);
    alike.sent.push(number);
    this.#underWay.push({ number, alike });
  }

  /** What follows from this receipt. */
  received(number: number, content: string): readonly Settled[] {
    const alike = this.#of(content);
    alike.received.push(number);
    this.#doubtful.add(alike);
    alike.spoilt ||= alike.received.length > alike.sent.length;
    if (alike.spoilt || alike.received.length < alike.sent.length) return nothing;
    const joined = join(alike);
    return [...joined, ...this.#settle(joined.at(-1)?.sent ?? -Infinity)];
  }

  /** The receiver is gone: what has not arrived is lost. */
  end(): readonly Settled[] {
    return this.#settle(Infinity);
  }

  /** Events are missing here: of what is under way nothing can be told any more. */
  forget(): void {
    this.#alike.clear();
    this.#doubtful.clear();
    this.#underWay = [];
  }

  /** This send has arrived: those before it have done so already, or never will. */
  #settle(arrived: number): readonly Settled[] {
    const count = this.#underWay.findIndex(({ number }) => number > arrived);
    const before = this.#underWay.splice(0, count < 0 ? this.#underWay.length : count);
    const lost = before.filter(({ number, alike }) => alike.sent[0] === number && hasGone(alike));
    for (const alike of this.#doubtful) {
      alike.received = [];
      alike.spoilt = false;
    }
    this.#doubtful.clear();
    for (const { alike } of before) if (alike.sent.length === 0) this.#alike.delete(alike.content);
    return lost.map(({ number }) => ({ is: 'lost', sent: number }));
  }

  #of(content: string): Alike {
    const known = this.#alike.get(content);
    if (known !== undefined) return known;
    const alike: Alike = { content, sent: [], received: [], spoilt: false };
    this.#alike.set(content, alike);
    return alike;
  }
}

/** Takes the oldest away; whether it is certain that it never arrived. */
function hasGone(alike: Alike): boolean {
  alike.sent.shift();
  return alike.received.length === 0;
}

/** As many receipts as sends, all in order: each is the one at its place. */
function join(alike: Alike): Extract<Settled, { is: 'joined' }>[] {
  const { sent, received } = alike;
  alike.sent = [];
  alike.received = [];
  return sent.map((number, index) => ({ is: 'joined', sent: number, received: received[index] ?? number }));
}
