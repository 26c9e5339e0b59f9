/**
 * How the page draws a row: where the parts of its cells stand, in what font and colour. Read from a few rows that are
 * written as all others are, so that who draws rows by himself has no second opinion on it, whatever the width of the page,
 * its theme, or the columns that are hidden.
 */
import type { Direction } from '../../store/rows/ends.ts';
import { laneCount } from '../../store/rows/lanes.ts';
import { columnIds } from '../../store/kept/settings.svelte.ts';
import type { ColumnId } from '../../store/kept/settings.svelte.ts';
import type { RowLook } from './look.ts';
import { shapesOf } from './outline.ts';
import type { Shape } from './outline.ts';
import { RowElement } from './row-element.ts';
import { stateGlyphs } from './row.ts';
import type { EventCells } from './row.ts';
import { element } from './write.ts';

/** A text, px from the left and the top of its row. */
export interface Part {
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** As a canvas takes them. */
  readonly font: string;
  readonly color: string;
  /** Without ligatures, as bytes are written. */
  readonly rendering: 'auto' | 'optimizeSpeed';
  /** Width of every printable ASCII character; null where they differ. */
  readonly advance: number | null;
}

interface Box {
  readonly left: number;
  readonly width: number;
  /** Where its content ends. */
  readonly inner: number;
}

export interface Arrow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** As in an SVG path. */
  readonly outline: string;
}

/** The state that a socket entered. */
export interface State {
  readonly left: number;
  readonly top: number;
  readonly color: string;
  readonly shapes: readonly Shape[];
}

/** What is null is not displayed. */
export interface Sample {
  readonly columns: Readonly<Record<ColumnId, Box | null>>;
  readonly no: Part | null;
  readonly time: Part | null;
  /** Its leading digits that are the same as above. */
  readonly same: Part | null;
  readonly id: Part | null;
  /** Left edge of each lane; none where lanes are not displayed. */
  readonly lanes: readonly number[];
  readonly arrows: Readonly<Record<'sent' | 'received', Arrow | null>>;
  /** By its glyph. */
  readonly states: ReadonlyMap<string, State>;
  readonly source: { readonly host: Part | null; readonly port: Part | null };
  readonly destination: { readonly host: Part | null; readonly port: Part | null };
  readonly protocol: Part | null;
  readonly length: Part | null;
  readonly verb: Part | null;
  readonly bytes: Part | null;
  readonly control: Part | null;
  readonly nothing: Part | null;
  readonly message: Part | null;
  readonly life: Part | null;
  readonly paper: string;
  /** Of the lines of lanes, and of hollow marks in them. */
  readonly line: string;
  readonly ring: string;
  readonly directions: Readonly<Record<Direction, string>>;
}

const address = { host: '1', port: 1 };
const lanes = Array.from({ length: laneCount }, (_, lane) => `lane-${lane}`);
const event: EventCells = {
  kind: 'event',
  seq: 1,
  time: { same: '1', fresh: '1' },
  socket: 1,
  lanes,
  mark: { is: 'arrow', type: 'sent', direction: 'to-server', name: '' },
  source: address,
  destination: address,
  protocol: 'TCP',
  length: '1',
  info: {
    is: 'data',
    verb: 'sent',
    runs: [
      { text: '1', escaped: false },
      { text: '1', escaped: true },
    ],
    empty: false,
  },
  afterPause: false,
  failure: null,
};
const withMessage: EventCells = {
  ...event,
  mark: { is: 'arrow', type: 'received', direction: 'to-server', name: '' },
  info: { is: 'message', verb: 'sent', text: '1' },
};
const withWords: EventCells = {
  ...event,
  mark: { is: 'state', glyph: stateGlyphs[0] ?? '', name: '' },
  info: { is: 'life', text: '1' },
};
const withNothing: EventCells = { ...event, info: { is: 'data', verb: 'sent', runs: [], empty: true } };

/** Reads them among the rows of the log, which stand in `within`, and takes them away again. */
export function readSample(within: Element): Sample {
  const host = element('div', '', { 'aria-hidden': 'true', style: 'visibility: hidden' });
  const [data, message, life, empty] = [
    rowOf(event),
    rowOf(withMessage),
    rowOf(withWords),
    rowOf(withNothing),
  ];
  host.append(data, message, life, empty);
  within.append(host);
  const sample = read(new Reader(data), new Reader(message), new Reader(life), new Reader(empty));
  host.remove();
  return sample;
}

const read = (data: Reader, message: Reader, life: Reader, empty: Reader): Sample => ({
  columns: data.columns(),
  no: data.part('.no'),
  time: data.part('.time'),
  same: data.part('.same'),
  id: data.part('.id'),
  lanes: data.lefts('.lanes > i'),
  arrows: { sent: data.arrow(), received: message.arrow() },
  states: life.states(),
  source: { host: data.part('.source > i'), port: data.part('.source > b') },
  destination: { host: data.part('.destination > i'), port: data.part('.destination > b') },
  protocol: data.part('.proto'),
  length: data.part('.len'),
  verb: data.part('.verb'),
  bytes: data.part('.bytes'),
  control: data.part('.ctl'),
  nothing: empty.part('.quiet'),
  message: message.part('.info'),
  life: life.part('.info'),
  paper: data.color('paper-0'),
  line: data.color('line-2'),
  ring: data.color('ink-3'),
  directions: { 'to-server': data.color('to-server'), 'to-client': data.color('to-client') },
});

function rowOf(cells: EventCells): HTMLElement {
  const row = new RowElement();
  row.show(lookOf(cells));
  row.element.removeAttribute('id');
  return row.element;
}

const lookOf = (cells: EventCells): RowLook => ({
  cells,
  id: 'sample',
  rowindex: 0,
  topPx: 0,
  heightPx: 20,
  selected: false,
  otherEnd: false,
  marked: false,
});

class Reader {
  readonly #row: HTMLElement;
  readonly #left: number;
  readonly #top: number;

  constructor(row: HTMLElement) {
    const { left, top } = row.getBoundingClientRect();
    [this.#row, this.#left, this.#top] = [row, left, top];
  }

  columns(): Sample['columns'] {
    const boxes = new Map<string | null, Box | null>();
    for (const cell of this.#row.querySelectorAll('[role="gridcell"]')) {
      const { left, right, width } = cell.getBoundingClientRect();
      const inner = right - this.#left - parseFloat(getComputedStyle(cell).paddingInlineEnd);
      const box = { left: left - this.#left, width, inner };
      boxes.set(cell.getAttribute('aria-colindex'), width === 0 ? null : box);
    }
    const of = (column: ColumnId) => boxes.get(String(columnIds.indexOf(column) + 1)) ?? null;
    return {
      ...{ no: of('no'), time: of('time'), socket: of('socket'), direction: of('direction') },
      ...{ source: of('source'), destination: of('destination'), protocol: of('protocol') },
      ...{ length: of('length'), info: of('info') },
    };
  }

  /** The last text of an element. */
  part(selector: string): Part | null {
    const holder = this.#row.querySelector(selector);
    const text = [...(holder?.childNodes ?? [])].findLast((node) => node instanceof Text);
    if (holder === null || text === undefined) return null;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { left, right, top, width } = range.getBoundingClientRect();
    if (width === 0) return null;
    const style = getComputedStyle(holder);
    const { fontStyle, fontWeight, fontSize, fontFamily, color } = style;
    const font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const { ascent, advance } = metricsOf(font);
    const baseline = top - this.#top + ascent;
    const rendering = style.fontVariantLigatures === 'none' ? 'optimizeSpeed' : 'auto';
    return { left: left - this.#left, right: right - this.#left, baseline, font, color, rendering, advance };
  }

  lefts(selector: string): readonly number[] {
    const rects = [...this.#row.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
    return rects.filter(({ width }) => width > 0).map(({ left }) => left - this.#left);
  }

  arrow(): Arrow | null {
    const mark = this.#row.querySelector('.arrow');
    if (mark === null) return null;
    const { left, top, width } = mark.getBoundingClientRect();
    const outline = /path\((?:\w+, ?)?"([^"]+)"\)/.exec(getComputedStyle(mark).clipPath)?.[1];
    if (outline === undefined || width === 0) return null;
    return { left: left - this.#left, top: top - this.#top, width, outline };
  }

  /** Each glyph stands where the others do. */
  states(): ReadonlyMap<string, State> {
    const mark = this.#row.querySelector('.state');
    const states = new Map<string, State>();
    if (mark === null) return states;
    const { left, top, width } = mark.getBoundingClientRect();
    if (width === 0) return states;
    const place = { left: left - this.#left, top: top - this.#top };
    for (const glyph of stateGlyphs) {
      mark.className = `state is-${glyph}`;
      const { color, maskImage } = getComputedStyle(mark);
      states.set(glyph, { ...place, color, shapes: shapesOf(maskImage) });
    }
    return states;
  }

  /** A token, as a canvas takes it. */
  color(token: string): string {
    const probe = element('i', '', { style: `color: var(--${token})` });
    this.#row.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }
}

const ruler = document.createElement('canvas').getContext('2d');

interface Metrics {
  readonly ascent: number;
  readonly advance: number | null;
}

/** The browser puts lines at whole pixels. */
function metricsOf(font: string): Metrics {
  if (ruler === null) return { ascent: 0, advance: null };
  ruler.font = font;
  const [narrow, wide] = [ruler.measureText('i'), ruler.measureText('W')];
  return {
    ascent: Math.round(wide.fontBoundingBoxAscent),
    advance: narrow.width === wide.width ? wide.width : null,
  };
}
