/**
 * Rows as columns: 44 bytes a row and the first bytes of its payload, where objects take several hundred.
 *
 * What many rows share (ends, addresses) stands once in a table of the block, so that it goes with the block. Events
 * that have more to say than the columns hold are few and stay objects.
 */
import type { Address } from '@socket-playground/shared/events/address.ts';
import { isTransfer } from '@socket-playground/shared/events/event.ts';
import type { Carrier, EventOf, SocketEvent, Transfer } from '@socket-playground/shared/events/event.ts';
import type { SocketState } from '@socket-playground/shared/events/state.ts';
import { typeNumber } from '@socket-playground/shared/events/type-number.ts';
import { Arena } from './arena.ts';
import { CapturedColumns } from './captured-columns.ts';
import type { Ends } from '../rows/ends.ts';
import { Interned } from './interned.ts';
import { packLanes } from '../rows/lanes.ts';
import type { LaneMark } from '../rows/lanes.ts';
import { limits } from '../limits.ts';
import type { GapRow, RestartRow } from '../rows/rows.ts';

/** Rows of one block; a table of a block has no more entries, so that 16 bits number them. */
export const blockRows = 16_384;

/** Rows that are no events have numbers from here on. */
export const gapType = 254;
export const restartType = 255;
export const sentType = typeNumber('sent');
export const receivedType = typeNumber('received');
export const segmentType = typeNumber('segment');
export const failedType = typeNumber('failed');

const carrying: ReadonlySet<number | undefined> = new Set([sentType, receivedType, segmentType]);
/** Whether the row at this slot carries bytes. */
export const hasBytesAt = ({ types }: RowBlock, slot: number): boolean => carrying.has(types[slot]);

const isCut = 1;
const byRemote = 2;
const hasAddress = 4;
const isObject = 8;

type Whole = SocketEvent | GapRow | RestartRow;

export class RowBlock {
  readonly seqs = new Float64Array(blockRows);
  readonly times = new Float64Array(blockRows);
  /** NaN: not known. */
  readonly offsets = new Float64Array(blockRows);
  readonly sockets = new Uint32Array(blockRows);
  readonly sizes = new Uint32Array(blockRows);
  /** Where each row's bytes begin in the arena; they end where the next row's begin. */
  readonly starts = new Uint32Array(blockRows + 1);
  readonly types = new Uint8Array(blockRows);
  readonly flags = new Uint8Array(blockRows);
  /** Numbers in `ends.values`. */
  readonly endsNumbers = new Uint16Array(blockRows);
  readonly lanes = new Uint16Array(blockRows);
  /** Numbers in `addresses.values` or `wholes`, as the flags say. */
  readonly sides = new Uint16Array(blockRows);
  readonly ends = new Interned<Ends, Ends>((ends) => ends);
  readonly addresses = new Interned<Address, string>(({ host, port }) => `${port} ${host}`);
  readonly #wholes: Whole[] = [];
  #captured: CapturedColumns | null = null;
  readonly #arena = new Arena();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length === blockRows;
  }

  get bytes(): Uint8Array {
    return this.#arena.bytes;
  }

  push(event: SocketEvent, ends: Ends, offset: number | null, lanes: LaneMark): void {
    const slot = this.#length;
    this.seqs[slot] = event.seq;
    this.times[slot] = event.time;
    this.offsets[slot] = offset ?? NaN;
    this.sockets[slot] = event.socket ?? 0;
    this.types[slot] = typeNumber(event.type);
    this.endsNumbers[slot] = this.ends.number(ends);
    this.lanes[slot] = packLanes(lanes);
    if (isTransfer(event)) this.#transfer(slot, event);
    else if (event.type === 'segment') this.#segment(slot, event);
    else this.#life(slot, event);
    this.#next();
  }

  pushWhole(row: GapRow | RestartRow): void {
    this.replace(this.#length, row);
    this.#next();
  }

  /** Makes the row at this slot a gap or a restart. */
  replace(slot: number, row: GapRow | RestartRow): void {
    this.seqs[slot] = row.kind === 'gap' ? row.from : 0;
    this.types[slot] = row.kind === 'gap' ? gapType : restartType;
    this.sockets[slot] = 0;
    this.#keep(slot, row);
  }

  /** What the row is, when it is kept as an object. */
  wholeAt(slot: number): Whole | undefined {
    return (this.flags[slot] ?? 0) & isObject ? this.#wholes[this.sides[slot] ?? 0] : undefined;
  }

  /** The peer that a datagram's own event names. */
  addressAt(slot: number): Address | undefined {
    return this.hasAddressAt(slot) ? this.addresses.values[this.sides[slot] ?? 0] : undefined;
  }

  hasAddressAt(slot: number): boolean {
    return ((this.flags[slot] ?? 0) & hasAddress) !== 0;
  }

  endsAt(slot: number): Ends | undefined {
    return this.ends.values[this.endsNumbers[slot] ?? 0];
  }

  /** The number of a captured segment's conversation. */
  streamAt(slot: number): number | null {
    return this.#captured?.streamAt(slot) ?? null;
  }

  /** What a captured segment says beyond its ends and bytes. */
  capturedAt(slot: number): ReturnType<CapturedColumns['at']> | undefined {
    return this.#captured?.at(slot);
  }

  dataAt(slot: number): Uint8Array {
    return this.#arena.bytes.slice(this.starts[slot], this.starts[slot + 1]);
  }

  /** Bytes the row holds beside its columns. */
  weightAt(slot: number): number {
    if ((this.types[slot] ?? 0) >= gapType) return limits.objectBytes * this.#standingAt(slot).length;
    if ((this.flags[slot] ?? 0) & isObject) return limits.objectBytes;
    return (this.starts[slot + 1] ?? 0) - (this.starts[slot] ?? 0);
  }

  #standingAt(slot: number): readonly SocketState[] {
    const whole = this.wholeAt(slot);
    return (whole !== undefined && 'kind' in whole && whole.kind === 'gap' ? whole.standing : null) ?? [];
  }

  isCutAt(slot: number): boolean {
    return ((this.flags[slot] ?? 0) & isCut) !== 0;
  }

  isByRemoteAt(slot: number): boolean {
    return ((this.flags[slot] ?? 0) & byRemote) !== 0;
  }

  #next(): void {
    this.#length += 1;
    this.starts[this.#length] = this.#arena.used;
    if (!this.isFull) return;
    this.#arena.seal();
    this.ends.seal();
    this.addresses.seal();
    this.#captured?.seal();
  }

  #transfer(slot: number, event: Transfer): void {
    const { remote } = event;
    this.flags[slot] = this.#keepData(slot, event) | (remote ? hasAddress : 0);
    if (remote) this.sides[slot] = this.addresses.number(remote);
  }

  #segment(slot: number, event: EventOf<'segment'>): void {
    this.flags[slot] = this.#keepData(slot, event);
    this.#captured ??= new CapturedColumns(blockRows);
    this.#captured.set(slot, event);
  }

  /** Returns the flag that says whether there is more than is kept. */
  #keepData(slot: number, { size, data, captured }: Carrier): number {
    const tooLong = data.length > limits.prefixBytes;
    this.sizes[slot] = size;
    this.#arena.push(tooLong ? data.subarray(0, limits.prefixBytes) : data);
    return captured !== undefined || tooLong ? isCut : 0;
  }

  /** Those that come often under load fit the columns. */
  #life(slot: number, event: Exclude<SocketEvent, Carrier>): void {
    switch (event.type) {
      case 'blocked':
      case 'drained':
        this.sizes[slot] = event.queued;
        return;
      case 'ended':
      case 'reset':
        this.flags[slot] = event.by === 'remote' ? byRemote : 0;
        return;
      case 'paused':
      case 'resumed':
      case 'closed':
        return;
      default:
        this.#keep(slot, event);
    }
  }

  #keep(slot: number, whole: Whole): void {
    this.flags[slot] = isObject;
    this.sides[slot] = this.#wholes.push(whole) - 1;
  }
}
