/** Rows whose payload is taken for one protocol. Most rows are turned down by their bytes alone; answers are kept. */
import type { Dissector, Input } from '@socket-playground/shared/dissect/dissector.ts';
import type { SocketType } from '@socket-playground/shared/events/address.ts';
import { blockRows, hasBytesAt } from '../../../store/columns/row-block.ts';
import type { RowBlock } from '../../../store/columns/row-block.ts';
import type { Section } from '../../../store/columns/columns.ts';
import { rowOf } from '../../../store/columns/materialise.ts';
import type { EventRow } from '../../../store/rows/rows.ts';
import type { Dissecting, Spoken } from '../../../store/sockets/spoken.svelte.ts';

const [isOne, isNone] = [1, 2];

/** For each slot of a block whether it is of one protocol; 0: nobody asked so far. */
type Answers = WeakMap<RowBlock, Uint8Array>;

/** By what sockets were chosen to speak, which all answers depend on, and by protocol. */
const known = new WeakMap<Spoken['choices'], Map<string, Answers>>();

function answersTo(protocol: string, { choices }: Spoken, block: RowBlock): Uint8Array {
  const all = known.get(choices) ?? new Map<string, Answers>();
  const answers = all.get(protocol) ?? new WeakMap<RowBlock, Uint8Array>();
  const found = answers.get(block) ?? new Uint8Array(blockRows);
  known.set(choices, all.set(protocol, answers.set(block, found)));
  return found;
}

/**
 * One byte for each slot: 1 where the row is among those that are asked about, and is of the protocol.
 * None is as long as the dissectors are not here.
 */
export function byProtocol(
  section: Section,
  among: Uint8Array,
  protocol: string,
  spoken: Spoken,
): Uint8Array {
  const { block, from, to } = section;
  const passed = new Uint8Array(to);
  const { dissecting } = spoken;
  const dissector = dissecting?.dissectorOf(protocol);
  if (dissecting === null || dissector === undefined) return passed;
  const answers = answersTo(protocol, spoken, block);
  for (let slot = from; slot < to; slot += 1) {
    if (among[slot] === 0 || !hasBytesAt(block, slot)) continue;
    if (answers[slot] === 0) {
      answers[slot] = isOf(dissector, dissecting, { section, slot, spoken }) ? isOne : isNone;
    }
    if (answers[slot] === isOne) passed[slot] = 1;
  }
  return passed;
}

interface Place {
  readonly section: Section;
  readonly slot: number;
  readonly spoken: Spoken;
}

/** What a row is taken for, found or chosen, always fits it: this is asked first. */
function isOf(dissector: Dissector, { fits }: Dissecting, place: Place): boolean {
  const { section, slot, spoken } = place;
  const { socketType = null } = section.block.endsAt(slot) ?? {};
  if (socketType === null || section.block.sizes[slot] === 0) return false;
  if (!fits(dissector, new SlotInput(place, socketType))) return false;
  const row = rowAt(place);
  return row !== null && spoken.protocolOf(row) === dissector.id;
}

function rowAt({ section: { block, base }, slot, spoken }: Place): EventRow | null {
  const row = rowOf(block, slot, spoken.runAt(base + slot));
  return row?.kind === 'event' ? row : null;
}

/** What a dissector is asked about: the row is made only when more than its bytes is looked at. */
class SlotInput implements Input {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly transport: SocketType;
  readonly #place: Place;

  constructor(place: Place, transport: SocketType) {
    const { slot, section } = place;
    const { starts, bytes, sizes } = section.block;
    this.bytes = bytes.subarray(starts[slot], starts[slot + 1]);
    this.size = sizes[slot] ?? 0;
    this.transport = transport;
    this.#place = place;
  }

  get source(): number | null {
    return this.#whole()?.source ?? null;
  }

  get destination(): number | null {
    return this.#whole()?.destination ?? null;
  }

  get upgraded(): string | null {
    return this.#whole()?.upgraded ?? null;
  }

  #whole(): Input | null {
    const row = rowAt(this.#place);
    return row === null ? null : this.#place.spoken.input(row);
  }
}
