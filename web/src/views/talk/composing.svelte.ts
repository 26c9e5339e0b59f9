/** What is being composed for the chosen socket: the bytes that would go, where and how often. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import { limits } from '../../store/limits.ts';
import type { RunCommand } from '../../store/store.svelte.ts';
import type { Ending, Endings, Notation } from '../../store/kept/written.ts';
import type { Over } from '../over.ts';
import { formatNumber, formatSize, plural } from '../words.ts';
import { bytesOfDraft, convertDraft, draftCharsMost, previewBytes, previewOf, withEnding } from './draft.ts';
import type { Draft, Preview } from './draft.ts';
import { readEvery } from './every.ts';
import { sizeOf } from './parcel.ts';
import type { Parcel } from './parcel.ts';
import { isMiswritten, loopbackOf, readDestination } from './destination.ts';
import type { Destination } from './destination.ts';
import { datagramBytesMost, emptyProblem, sendableOf } from './sending.ts';
import type { Writing } from './writing.svelte.ts';

export interface Subject {
  readonly socket: SocketState;
  /** The other end as it should be called: `#3`, or an address. */
  readonly to: string | null;
  /** Who sent to it last. */
  readonly sender: Address | null;
  readonly writing: Writing;
  /** What is appended, by notation. */
  readonly endings: Endings;
  readonly run: RunCommand;
  /** Its run is over: nothing can be sent any more. */
  readonly over?: Over;
}

/** The field that keeps it from going. */
export type Place = 'aim' | 'message' | 'every';

interface Refusal {
  readonly text: string;
  readonly at: Place;
}

interface Remark {
  readonly socket: number;
  readonly text: string;
}

export class Composing {
  readonly #subject: () => Subject;
  /** A sentence about the last paste, switch or try. */
  #remark = $state.raw<Remark | null>(null);
  /** The socket from which it was tried in vain, until it can go or something else is begun. */
  #tried = $state.raw<number | null>(null);
  #attaching = 0;

  constructor(subject: () => Subject) {
    this.#subject = subject;
    $effect(() => {
      if (this.#tried === this.#id && !('refused' in this.#parcel)) this.#tried = null;
    });
  }

  get #id(): number {
    return this.#subject().socket.socket;
  }

  get sheet() {
    return this.#subject().writing.of(this.#id);
  }

  /** What goes behind a message as it is written now. */
  get ending(): Ending {
    return this.#subject().endings[this.sheet.draft.mode];
  }

  get #outgoing() {
    return this.#subject().writing.outgoing;
  }

  /** What was sent last: on its way still, or with what became of it. */
  get #work() {
    return this.#outgoing.of(this.#id);
  }

  readonly #parsed = $derived.by(() => bytesOfDraft(this.sheet.draft));

  /** What is wrong with the message; null also while a file goes in its place. */
  get wrong(): { readonly at: number; readonly wrong: string } | null {
    return this.sheet.file !== null || this.#parsed.ok ? null : this.#parsed;
  }

  /** The bytes that would go; null while something is wrong with them. A file goes as it is. */
  get preview(): Preview | null {
    const { file } = this.sheet;
    if (file !== null) return previewOf(file.head, 'none', file.file.size);
    return this.#parsed.ok ? previewOf(this.#parsed.bytes, this.ending) : null;
  }

  readonly sendable = $derived.by(() => sendableOf(this.#subject().socket, this.#subject().over));

  /** Where a datagram goes, as it is written; null where the socket has its peer, or nothing can go. */
  get aimed(): Destination | null {
    if (!this.sendable.can || !this.sendable.needsDestination) return null;
    const { socket, sender } = this.#subject();
    return (
      this.sheet.destination ?? {
        host: sender?.host ?? loopbackOf(socket),
        port: sender === null ? '' : String(sender.port),
      }
    );
  }

  /** Who gets it, in words; null while nobody can say. */
  get target(): string | null {
    if (this.aimed === null) return this.#subject().to;
    const aim = readDestination(this.aimed);
    return 'wrong' in aim ? null : formatAddress(aim);
  }

  get #everyMs(): number | null {
    const { every } = this.sheet;
    return every === null ? null : readEvery(every);
  }

  get isEveryWrong(): boolean {
    return this.sheet.every !== null && this.#everyMs === null;
  }

  /** Something is on its way that takes a while: what was written stays as it is until then, or until it is stopped. */
  get isHeld(): boolean {
    return this.#work?.isOn === true && this.#work.isLong;
  }

  /** Nothing can be written now. */
  get isOff(): boolean {
    return !this.sendable.can || this.isHeld;
  }

  get problem(): Problem | null {
    return this.#work?.problem ?? null;
  }

  get remark(): string | null {
    return this.#own(this.#remark) ?? this.#work?.words ?? this.#backlog;
  }

  /** What was sent and did not go out, for as long as the peer takes nothing. */
  get #backlog(): string | null {
    const waiting = this.#subject().socket.blocked ? (this.#work?.waiting ?? 0) : 0;
    return waiting === 0 ? null : `${formatSize(waiting)} wait in the agent: the other end does not read.`;
  }

  /** Why what is written cannot go, once that was tried or nothing ever goes there; null while the message is wrong. */
  get refusal(): Refusal | null {
    if (this.wrong !== null || !('refused' in this.#parcel)) return null;
    const isSaid = this.#tried === this.#id || (this.aimed !== null && isMiswritten(this.aimed));
    return isSaid ? this.#parcel.refused : null;
  }

  write(draft: Draft): void {
    this.#begin();
    this.#subject().writing.write(this.#id, draft);
  }

  aimAt(destination: Destination): void {
    this.#begin();
    this.#subject().writing.aim(this.#id, destination);
  }

  repeat(every: string | null): void {
    this.#begin();
    this.#subject().writing.repeat(this.#id, every);
  }

  lost(characters: number): void {
    this.#begin(
      `A message holds ${plural(draftCharsMost, 'character')} here: of the paste the last ${characters === 1 ? 'one was' : `${formatNumber(characters)} were`} left out.`,
    );
  }

  /** Writes the same bytes the other way. Returns where something is wrong, or null. */
  switchTo(mode: Notation): number | null {
    const converted = convertDraft(this.sheet.draft, mode);
    if (converted !== null) this.write(converted);
    else if (this.wrong !== null) this.#begin(`It can be shown as ${mode} once this is right.`);
    return this.wrong?.at ?? null;
  }

  /** An earlier (-1) or later (+1) message; false when there is none. */
  recall(step: -1 | 1): boolean {
    return !this.isOff && this.sheet.file === null && this.#subject().writing.recall(this.#id, step);
  }

  /** Takes a file in place of the message, unless another one was chosen meanwhile, or something is on its way. */
  async attach(file: File): Promise<void> {
    const [socket, { writing }] = [this.#id, this.#subject()];
    const turn = (this.#attaching += 1);
    this.#begin();
    if (file.size > limits.fileBytes)
      this.#begin(`A file of up to ${formatSize(limits.fileBytes)} can be sent at once.`);
    else {
      const head = await headOf(file);
      if (turn !== this.#attaching || writing.outgoing.of(socket)?.isOn === true) return;
      if (head !== null) writing.attach(socket, { name: file.name, head, file });
      else this.#remark = { socket, text: 'The browser could not read this file.' };
    }
  }

  detach(): void {
    this.#begin();
    this.#subject().writing.attach(this.#id, null);
  }

  /** Sends, or stops what takes a while. Returns where the message is wrong, or null. */
  act(): number | null {
    if (this.isHeld) this.stop();
    else if (this.sendable.can && this.#work?.isOn !== true) return this.#go();
    return null;
  }

  stop(): void {
    this.#outgoing.stop(this.#id);
  }

  #go(): number | null {
    this.#begin();
    if (this.wrong !== null) return this.wrong.at;
    const parcel = this.#parcel;
    if ('refused' in parcel) this.#tried = this.#id;
    else void this.#send(parcel);
    return null;
  }

  async #send(parcel: Parcel): Promise<void> {
    const { socket } = parcel;
    const { writing, run } = this.#subject();
    const { draft, file } = this.sheet;
    const everyMs = this.#everyMs;
    if (everyMs !== null && file === null) writing.repeated(socket, draft);
    const went = await writing.outgoing.send(run, parcel, everyMs);
    if (!went || everyMs !== null) return;
    if (file === null) writing.sent(socket, draft);
    else if (writing.of(socket).file === file) writing.attach(socket, null);
  }

  /** Or why it cannot go like this. */
  readonly #parcel = $derived.by((): Parcel | { readonly refused: Refusal } => {
    const { socket } = this.#subject();
    const { file } = this.sheet;
    const message = this.#parsed.ok ? withEnding(this.#parsed.bytes, this.ending) : new Uint8Array();
    const to = this.aimed === null ? null : readDestination(this.aimed);
    if (to !== null && 'wrong' in to) return refuse('aim', to.wrong);
    const parcel = { socket: socket.socket, to, bytes: file?.file ?? message };
    const empty = emptyProblem(sizeOf(parcel), this.sendable);
    if (empty !== null) return refuse('message', empty);
    if (socket.role === 'datagram' && sizeOf(parcel) > limits.sendPieceBytes)
      return refuse(
        'message',
        `A datagram holds at most ${formatNumber(datagramBytesMost)} bytes, and goes in one piece.`,
      );
    if (this.isEveryWrong)
      return refuse('every', 'Say how often in seconds, as in 1 or 0.5: at least 0.01, at most a day.');
    return parcel;
  });

  /** What is said of another socket is not said here. */
  #own(remark: Remark | null): string | null {
    return remark?.socket === this.#id ? remark.text : null;
  }

  /** Something is done anew: nothing is said any more of what was before. */
  #begin(remark: string | null = null): void {
    this.#outgoing.forget(this.#id);
    this.#tried = null;
    this.#remark = remark === null ? null : { socket: this.#id, text: remark };
  }
}

const refuse = (at: Place, text: string) => ({ refused: { at, text } });

/** The first bytes of a file; null when the browser cannot read it. */
async function headOf(file: File): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(0, previewBytes).arrayBuffer());
  } catch {
    return null;
  }
}
