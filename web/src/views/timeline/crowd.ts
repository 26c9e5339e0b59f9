/** More rows than the eye can tell apart: what passed on each line of px, per lane, straight from the columns. */
import { failedType, gapType, receivedType, segmentType, sentType } from '../../store/columns/row-block.ts';
import type { RowBlock } from '../../store/columns/row-block.ts';
import { directionOf } from '../../store/rows/ends.ts';
import type { Journal } from '../../store/journal/journal.svelte.ts';
import { goesToServer, lifeOfStream } from './conversations.ts';
import type { Ladder } from './ladder.ts';
import { socketLane } from './lanes.ts';
import type { PlacedLane } from './lanes.ts';
import { linesOf, shownIn } from './picture.ts';
import type { Shown } from './picture.ts';
import type { Scene, View } from './sheet.ts';
import { duration, timeOf } from '../log/time.ts';
import { idleFrom } from './scale.ts';
import { measures } from './limits.ts';
import type { Band, Crowd, Picture, Tick, Tone } from './shapes.ts';

const toServer = 1;
const toClient = 2;
const life = 4;
const trouble = 8;

type Source = Pick<Journal, 'slotAt'>;

/** The picture of a crowd: lanes, ruler, and what passed. */
export function crowdOf(scene: Scene & { readonly journal: Source }, view: View): Picture {
  const shown = shownIn(scene, view);
  const seen = seenIn(scene, view, shown);
  return {
    lines: linesOf(scene, view, shown),
    crowds: [...seen].flatMap(([lane, lines]) => crowdsOn(scene, lane, lines, view)),
    ...rulerOf(scene, view, shown),
    hairs: [],
    fans: [],
    arrows: [],
    marks: [],
    labels: [],
  };
}

/** What each lane saw on each line of px, as bits. */
function seenIn(
  scene: Scene & { readonly journal: Source },
  { top, height }: View,
  shown: Shown,
): Map<number, Uint8Array> {
  const seen = new Map<number, Uint8Array>();
  const { scale, journal, positionAt, ladder } = scene;
  // Any number may be that of a life, below zero too.
  let [latest, lines]: [number | null, Uint8Array | undefined] = [null, undefined];
  for (let index = shown.first; index < shown.end; index += 1) {
    const y = Math.floor(scale.placeOf(index) - top);
    const found = y < 0 || y >= height ? undefined : journal.slotAt(positionAt(index) ?? -1);
    if (found === undefined) continue;
    const { block, slot } = found;
    const stream = block.types[slot] === segmentType ? (block.streamAt(slot) ?? 0) : 0;
    const own = stream === 0 ? (block.sockets[slot] ?? 0) : lifeOfStream(stream);
    if (own !== latest) {
      latest = own;
      lines = seen.get(own) ?? new Uint8Array(Math.ceil(height));
      seen.set(own, lines);
    }
    if (lines !== undefined) lines[y] = (lines[y] ?? 0) | bitOf(block, slot, own, ladder);
  }
  return seen;
}

function bitOf(block: RowBlock, slot: number, own: number, ladder: Ladder): number {
  const type = block.types[slot] ?? gapType;
  if (type === segmentType) return segmentBit(block, slot, own, ladder);
  const side = block.endsAt(slot)?.side ?? null;
  if (type === sentType) return directionOf(side, 'sent') === 'to-server' ? toServer : toClient;
  if (type === receivedType) return directionOf(side, 'received') === 'to-server' ? toServer : toClient;
  return type === failedType ? trouble : life;
}

/** The ends of a segment are those of where it came from. Nothing where its conversation has no lane. */
function segmentBit(block: RowBlock, slot: number, own: number, { lives }: Ladder): number {
  const [ends, conversation] = [block.endsAt(slot), lives.get(own)];
  if (ends === undefined || conversation === undefined) return 0;
  return goesToServer({ from: ends.side, destination: ends.remote }, conversation) ? toServer : toClient;
}

/** Neighbouring lines that saw the same are one box. */
function crowdsOn({ lanes, ladder }: Scene, socket: number, lines: Uint8Array, { left }: View): Crowd[] {
  const lane = lanes.get(socketLane(socket));
  if (lane === undefined) return [];
  const reach = reachOf(lane, ladder.peerOf(socket), lanes);
  const crowds: Crowd[] = [];
  for (let y = 0; y < lines.length;) {
    const bits = lines[y] ?? 0;
    let end = y + 1;
    while (end < lines.length && lines[end] === bits) end += 1;
    if (bits !== 0) crowds.push(...boxesOf(bits, { x: lane.x - left, y, height: end - y, reach }));
    y = end;
  }
  return crowds;
}

/** Half the way to the other end; a little where there is none. */
function reachOf(lane: PlacedLane, peer: number | null, lanes: ReadonlyMap<string, PlacedLane>): number {
  const other = peer === null ? undefined : lanes.get(socketLane(peer));
  const beside =
    other ??
    [...lanes.values()].find(({ isOutside, life: { socket } }) => isOutside && socket === lane.life.socket);
  return beside === undefined ? 14 : (beside.x - lane.x) / 2;
}

function boxesOf(bits: number, box: Omit<Crowd, 'tone'>): Crowd[] {
  const tones: Tone[] = [
    ...(bits & toServer ? ['go' as const] : []),
    ...(bits & toClient ? ['back' as const] : []),
  ];
  // Both ways on one line: each has half of the reach.
  const parts = tones.map((tone, index): Crowd => ({
    ...box,
    tone,
    x: box.x + (box.reach / tones.length) * index,
    reach: box.reach / tones.length,
  }));
  const own = bits & trouble ? 'trouble' : bits & life ? 'ink' : null;
  return own === null ? parts : [...parts, { ...box, x: box.x - 3, reach: 6, tone: own }];
}

/** Times and silences, as many as there is room for. */
function rulerOf({ scale, time }: Scene, { top }: View, shown: Shown): { ticks: Tick[]; bands: Band[] } {
  const ticks: Tick[] = [];
  const bands: Band[] = [];
  const idle = idleFrom(scale.unit);
  let lastY = -Infinity;
  let before = NaN;
  for (let index = shown.first; index < shown.end; index += 1) {
    const at = scale.timeOf(index);
    const y = scale.placeOf(index) - top;
    if (at - before > idle) {
      const middle = y - measures.idle / 2;
      bands.push({
        y: middle - measures.band / 2,
        height: measures.band,
        text: duration(at - before),
        isGap: false,
      });
    }
    before = at;
    if (y - lastY < 24 || Number.isNaN(at)) continue;
    lastY = y;
    ticks.push({
      y,
      ...timeOf(at, null, { ...time, format: time.format === 'delta' ? 'start' : time.format }),
    });
  }
  return { ticks, bands };
}
