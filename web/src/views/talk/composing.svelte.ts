/** What is being composed for a socket: the bytes that would go, where and how often, and what became of those that went. */
import { formatAddress } from '@socket-playground/shared/events/address.ts';
import type { Address } from '@socket-playground/shared/events/address.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import type { Parsed } from '@socket-playground/shared/payload/parsed.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { RunCommand } from '../../store/store.svelte.ts';
import type { Ending, Notation } from '../../store/written.ts';
import type { Over } from '../over.ts';
import { formatNumber, formatSize } from '../words.ts';
import { bytesOfDraft, convertDraft, draftCharsMost, withEnding } from './draft.ts';
import type { Draft } from './draft.ts';
import { deliver, fileBytesMost, pieceBytes } from './parcel.ts';
import type { Parcel } from './parcel.ts';
import { readEvery, repeatWords } from './repeats.svelte.ts';
import { datagramBytesMost, emptyProblem, loopbackOf, readDestination, sendableOf } from './sending.ts';
import type { Destination } from './sending.ts';
import type { Writing } from './writing.svelte.ts';

export interface Subject {
  readonly socket: SocketState;
  /** The other end as it should be called: `#3`, or an address. */
  readonly to: string | null;
  /** Who sent to it last. */
  readonly sender: Address | null;
  readonly writing: Writing;
  readonly ending: Ending;
  readonly run: RunCommand;
  /** Its run is over: nothing can be sent any more. */
  readonly over?: Over;
}

interface Said {
  /** A sentence about the last paste, switch or try. */
  readonly remark: string | null;
  readonly problem: Problem | null;
}
const nothing: Said = { remark: null, problem: null };

export class Composing {
  readonly #subject: () => Subject;
  /** Socket by socket: another one can be chosen and written to while a message is on its way. */
  #said: ReadonlyMap<number, Said> = $state.raw(new Map());
  readonly #onTheirWay = new Set<number>();

  constructor(subject: () => Subject) {
    this.#subject = subject;
  }

  get #id(): number {
    return this.#subject().socket.socket;
  }

  get sheet() {
    return this.#subject().writing.of(this.#id);
  }

  /** A file goes as it is. */
  readonly parsed = $derived.by((): Parsed => {
    const { file, draft } = this.sheet;
    return file === null ? bytesOfDraft(draft) : { ok: true, bytes: file.bytes };
  });

  get append(): Ending {
    return this.sheet.file === null ? this.#subject().ending : 'none';
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

  get #repeat() {
    return this.#subject().writing.repeats.of(this.#id);
  }

  get repeats(): boolean {
    return this.#repeat?.isOn === true;
  }

  /** Nothing can be written now. */
  get isOff(): boolean {
    return !this.sendable.can || this.repeats;
  }

  get problem(): Problem | null {
    return this.#here.problem ?? this.#repeat?.problem ?? null;
  }

  get remark(): string | null {
    const repeat = this.#repeat;
    return this.#here.remark ?? (repeat === null ? null : repeatWords(repeat));
  }

  get #here(): Said {
    return this.#said.get(this.#id) ?? nothing;
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
      `A message holds ${draftCharsMost} characters here: the last ${characters} of the paste were left out.`,
    );
  }

  /** Writes the same bytes the other way. Returns where something is wrong, or null. */
  switchTo(mode: Notation): number | null {
    const converted = convertDraft(this.sheet.draft, mode);
    if (converted !== null) this.write(converted);
    else if (!this.parsed.ok) {
      this.#begin(`It can be shown as ${mode} once this is right.`);
      return this.parsed.at;
    }
    return null;
  }

  /** An earlier (-1) or later (+1) message; false when there is none. */
  recall(step: -1 | 1): boolean {
    return !this.isOff && this.sheet.file === null && this.#subject().writing.recall(this.#id, step);
  }

  async attach(file: File): Promise<void> {
    const [socket, { writing }] = [this.#id, this.#subject()];
    this.#begin();
    if (file.size > fileBytesMost) {
      this.#begin(`A file of up to ${formatSize(fileBytesMost)} can be sent at once.`);
      return;
    }
    try {
      writing.attach(socket, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    } catch {
      const remark = 'The browser could not read this file: it may have been moved, or changed.';
      this.#say(socket, { ...nothing, remark });
    }
  }

  detach(): void {
    this.#begin();
    this.#subject().writing.attach(this.#id, null);
  }

  /** Sends, or stops what is repeated. Returns where the message is wrong, or null. */
  act(): number | null {
    if (this.repeats) this.end();
    else if (this.sendable.can && !this.#onTheirWay.has(this.#id)) return this.#go();
    return null;
  }

  #go(): number | null {
    this.#say(this.#id, nothing);
    this.#begin();
    if (!this.parsed.ok) return this.parsed.at;
    const parcel = this.#parcelOf(withEnding(this.parsed.bytes, this.append));
    if ('refused' in parcel) this.#begin(parcel.refused);
    else if (this.#everyMs === null) void this.#send(parcel);
    else this.#sendEvery(this.#everyMs, parcel);
    return null;
  }

  /** Nothing is repeated any more. */
  end(): void {
    this.#subject().writing.repeats.stop(this.#id);
  }

  #sendEvery(everyMs: number, parcel: Parcel): void {
    const { writing, run } = this.#subject();
    const { file, draft } = this.sheet;
    if (file === null) writing.repeated(parcel.socket, draft);
    void writing.repeats.start(parcel.socket, everyMs, () => deliver(run, parcel, () => undefined));
  }

  async #send(parcel: Parcel): Promise<void> {
    const { socket, bytes } = parcel;
    const { writing, run } = this.#subject();
    const { draft, file } = this.sheet;
    let remark: string | null = null;
    this.#onTheirWay.add(socket);
    const outcome = await deliver(run, parcel, (handed) => {
      if (bytes.length <= pieceBytes) return;
      const all = formatSize(bytes.length);
      remark = handed < bytes.length ? `${formatSize(handed)} of ${all} are with the agent.` : null;
      this.#say(socket, { ...nothing, remark });
    });
    this.#onTheirWay.delete(socket);
    if (!outcome.ok) this.#say(socket, { remark, problem: outcome.problem });
    else if (file === null) writing.sent(socket, draft);
    else if (writing.of(socket).file === file) writing.attach(socket, null);
  }

  /** Or why they cannot go like this. */
  #parcelOf(bytes: Uint8Array): Parcel | { readonly refused: string } {
    const { socket } = this.#subject();
    const to = this.aimed === null ? null : readDestination(this.aimed);
    const empty = emptyProblem(bytes.length, this.sendable);
    if (empty !== null) return { refused: empty };
    if (to !== null && 'wrong' in to) return { refused: to.wrong };
    if (socket.role === 'datagram' && bytes.length > pieceBytes)
      return {
        refused: `A datagram holds at most ${formatNumber(datagramBytesMost)} bytes, and goes in one piece.`,
      };
    if (this.isEveryWrong)
      return { refused: 'Say how often in seconds, as in 1 or 0.5: at least 0.01, at most a day.' };
    return { socket: socket.socket, bytes, to };
  }

  /** Something is done anew: nothing is remarked any more on what was before. */
  #begin(remark: string | null = null): void {
    this.#subject().writing.repeats.forget(this.#id);
    this.#say(this.#id, { ...this.#here, remark });
  }

  #say(socket: number, said: Said): void {
    this.#said = new Map(this.#said).set(socket, said);
  }
}
