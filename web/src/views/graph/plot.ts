/** One panel as a chart: what uPlot is told, and what is drawn over it. */
import { nsPerSecond } from '@socket-playground/shared/units.ts';
import uPlot from 'uplot';
import type { Colours } from './colours.ts';
import { amountsOn, axisAmount, secondsText, stepsFrom } from './model.ts';
import type { Panel } from './panels.ts';
import type { Missing } from './sums.ts';

export interface Look {
  readonly panel: Panel;
  readonly colours: Colours;
  /** The lowest panel carries the times. */
  readonly hasTimes: boolean;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Doings {
  /** The part of the time that is shown, and what stands in it. */
  readonly shown: () => {
    readonly from: number;
    readonly to: number;
    readonly missing: readonly Missing[];
    readonly selectedNs: number | null;
  };
  readonly onpick: (timeNs: number) => void;
  readonly onzoom: (fromNs: number, toNs: number) => void;
  readonly onwhole: () => void;
  /** The bin under the pointer; null: it left. */
  readonly onhover: (bin: number | null) => void;
}

const amountsPx = 58;
const timesPx = 24;
/** Half of a long time: the last one stands at the edge. */
const rightPx = 32;
const amountSpacePx = 16;
const timeSteps = stepsFrom(-7);
const timeSpacePx = 76;
const font = '11px system-ui, sans-serif';

export function plotOptions(look: Look, doings: Doings): uPlot.Options {
  const { panel, colours } = look;
  return {
    width: look.widthPx,
    height: look.heightPx,
    padding: [18, rightPx, look.hasTimes ? 0 : 4, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      sync: { key: 'graph', setSeries: false },
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => (doings.onwhole(), null) },
    },
    scales: {
      x: { time: false, range: () => shownRange(doings) },
      y: { range: (_plot, least, most) => amountRange(panel, least, most) },
    },
    axes: [
      axis(colours, {
        show: true,
        size: look.hasTimes ? timesPx : 0,
        space: timeSpacePx,
        incrs: timeSteps,
        values: (_plot, splits, _axis, _space, step) =>
          look.hasTimes ? splits.map((at) => secondsText(at, step)) : [],
      }),
      axis(colours, {
        size: amountsPx,
        space: amountSpacePx,
        splits: ({ scales, bbox }) => amountsOn(scales.y ?? {}, bbox.height / uPlot.pxRatio / amountSpacePx),
        values: (_plot, splits) => splits.map(axisAmount),
      }),
    ],
    series: [{}, ...seriesOf(look)],
    hooks: {
      ready: [(plot) => listen(plot, doings)],
      drawAxes: [(plot) => drawMissing(plot, colours, doings.shown().missing)],
      draw: [(plot) => drawSelected(plot, colours, doings.shown().selectedNs)],
      setSelect: [(plot) => zoom(plot, doings)],
      setCursor: [({ cursor }) => doings.onhover(cursor.idx ?? null)],
    },
  };
}

function shownRange({ shown }: Doings): [number, number] {
  const { from, to } = shown();
  return [from / nsPerSecond, to / nsPerSecond];
}

/** Nothing and a little is seen from the same line; both directions have one measure. */
function amountRange({ kind }: Panel, least: number | null, most: number | null): [number, number] {
  const top = Math.max(1, most ?? 0) * 1.1;
  return kind === 'level'
    ? [0, top]
    : [Math.min(0, (least ?? 0) * 1.1), (most ?? 0) > 0 ? top : least ? 0 : 1];
}

const axis = (colours: Colours, more: uPlot.Axis): uPlot.Axis => ({
  stroke: colours.label,
  font,
  grid: { stroke: colours.line, width: 1 },
  ticks: { show: false },
  gap: 6,
  ...more,
});

function seriesOf({ panel, colours }: Look): uPlot.Series[] {
  if (panel.kind === 'level') {
    const paths = uPlot.paths.stepped?.({ align: 1 });
    return [{ stroke: colours.level, width: 1.5, points: { show: false }, ...(paths && { paths }) }];
  }
  const paths = uPlot.paths.bars?.({ align: 1, size: [0.8, Infinity, 1] });
  return [colours.toServer, colours.toClient].map((colour) => ({
    fill: colour,
    stroke: colour,
    width: 0,
    points: { show: false },
    ...(paths && { paths }),
  }));
}

function listen(plot: uPlot, doings: Doings): void {
  plot.over.addEventListener('click', ({ offsetX }) => {
    doings.onpick(plot.posToVal(offsetX, 'x') * nsPerSecond);
  });
}

function zoom(plot: uPlot, doings: Doings): void {
  const { left, width } = plot.select;
  if (width <= 0) return;
  const [from, to] = [left, left + width].map((px) => plot.posToVal(px, 'x') * nsPerSecond);
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  if (from !== undefined && to !== undefined) doings.onzoom(from, to);
}

const pxOf = (plot: uPlot, ns: number) => plot.valToPos(ns / nsPerSecond, 'x', true);

/** Where events are missing, what is drawn is too little: it is hatched. */
function drawMissing(plot: uPlot, colours: Colours, missing: readonly Missing[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  for (const { fromNs, toNs } of missing) {
    const left = Math.max(bbox.left, pxOf(plot, fromNs));
    const right = toNs === null ? bbox.left + bbox.width : Math.min(bbox.left + bbox.width, pxOf(plot, toNs));
    if (right >= left) ctx.rect(left - 1, bbox.top, right - left + 2, bbox.height);
  }
  ctx.clip();
  ctx.strokeStyle = colours.missing;
  ctx.globalAlpha = 0.5;
  ctx.beginPath();
  const step = 8 * uPlot.pxRatio;
  for (let at = bbox.left - bbox.height; at < bbox.left + bbox.width; at += step) {
    ctx.moveTo(at, bbox.top + bbox.height);
    ctx.lineTo(at + bbox.height, bbox.top);
  }
  if (missing.length > 0) ctx.stroke();
  ctx.restore();
}

function drawSelected(plot: uPlot, colours: Colours, ns: number | null): void {
  if (ns === null) return;
  const { ctx, bbox } = plot;
  const x = Math.round(pxOf(plot, ns));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.fillStyle = colours.selected;
  ctx.fillRect(x - uPlot.pxRatio, bbox.top, 2 * uPlot.pxRatio, bbox.height);
}
