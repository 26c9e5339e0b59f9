/** Draws a picture on a canvas. Colours are the page's tokens; shapes say the same as colours do. */
import { drawCrowd, drawFan } from './areas.ts';
import { measures } from './limits.ts';
import type { Ink } from './ink.ts';
import type { Arrow, Band, Label, LaneLine, Mark, Picture, Tick } from './shapes.ts';
import { drawMark } from './marks.ts';

type Canvas = CanvasRenderingContext2D;

export interface Size {
  readonly width: number;
  readonly height: number;
  /** Device px per px. */
  readonly ratio: number;
}

/** What is selected or under the pointer, as absolute positions of rows. */
export interface Stress {
  readonly selected: ReadonlySet<number>;
  readonly hovered: ReadonlySet<number>;
  /** Where the selected row stands, px; null when it is not in view. */
  readonly selectedY: number | null;
}

export function paint(
  canvas: Canvas,
  picture: Picture,
  { width, height, ratio }: Size,
  ink: Ink,
  stress: Stress,
): void {
  canvas.setTransform(ratio, 0, 0, ratio, 0, 0);
  canvas.fillStyle = ink.paper;
  canvas.fillRect(0, 0, width, height);
  canvas.lineCap = 'butt';
  if (stress.selectedY !== null) selectedRow(canvas, stress.selectedY, width, ink);
  hairs(canvas, picture.hairs, width, ink);
  rightOfRuler(canvas, { width, height }, () => lanes(canvas, picture.lines, ink));
  for (const band of picture.bands) drawBand(canvas, band, width, ink);
  rightOfRuler(canvas, { width, height }, () => {
    for (const crowd of picture.crowds) drawCrowd(canvas, crowd, ink);
    for (const fan of picture.fans) drawFan(canvas, fan, ink);
    for (const arrow of picture.arrows) drawArrow(canvas, arrow, ink, isStressed(arrow.positions, stress));
    for (const label of picture.labels) drawLabel(canvas, label, ink);
    // What went wrong is seen above what stands at the same place.
    for (const mark of picture.marks.toSorted((a, b) => weightOf(a) - weightOf(b)))
      stressed(canvas, mark, ink, isStressed([mark.position], stress));
  });
  ruler(canvas, picture.ticks, height, ink);
  for (const band of picture.bands) bandText(canvas, band, ink);
}

/** Lanes that are moved aside do not run through the times. */
function rightOfRuler(canvas: Canvas, { width, height }: Omit<Size, 'ratio'>, draw: () => void): void {
  canvas.save();
  canvas.beginPath();
  canvas.rect(measures.ruler - 4, 0, width, height);
  canvas.clip();
  draw();
  canvas.restore();
}

const isStressed = (positions: readonly number[], { selected, hovered }: Stress): boolean =>
  positions.some((position) => selected.has(position) || hovered.has(position));

function selectedRow(canvas: Canvas, y: number, width: number, ink: Ink): void {
  canvas.fillStyle = ink.selected;
  canvas.fillRect(0, y - 9, width, 18);
  canvas.strokeStyle = ink.edge;
  canvas.lineWidth = 1;
  canvas.strokeRect(0.5, Math.round(y) - 8.5, width - 1, 17);
  canvas.fillStyle = ink.accent;
  canvas.fillRect(0, y - 9, 3, 18);
}

function hairs(canvas: Canvas, ys: readonly number[], width: number, ink: Ink): void {
  canvas.strokeStyle = ink.hair;
  canvas.lineWidth = 1;
  canvas.beginPath();
  for (const y of ys) {
    canvas.moveTo(measures.ruler, Math.round(y) + 0.5);
    canvas.lineTo(width, Math.round(y) + 0.5);
  }
  canvas.stroke();
}

function lanes(canvas: Canvas, lines: readonly LaneLine[], ink: Ink): void {
  canvas.strokeStyle = ink.lane;
  canvas.lineWidth = 1.5;
  for (const isOutside of [false, true]) {
    canvas.setLineDash(isOutside ? [2, 4] : []);
    canvas.beginPath();
    for (const line of lines) {
      if (line.isOutside !== isOutside) continue;
      canvas.moveTo(line.x, line.from);
      canvas.lineTo(line.x, line.to);
    }
    canvas.stroke();
  }
  canvas.setLineDash([]);
}

function drawBand(canvas: Canvas, { y, height, isGap }: Band, width: number, ink: Ink): void {
  canvas.fillStyle = ink.band;
  canvas.fillRect(0, y, width, height);
  if (!isGap) return;
  canvas.save();
  canvas.beginPath();
  canvas.rect(0, y, width, height);
  canvas.clip();
  canvas.strokeStyle = ink.lane;
  canvas.lineWidth = 1;
  canvas.beginPath();
  for (let x = -height; x < width; x += 8) {
    canvas.moveTo(x, y + height);
    canvas.lineTo(x + height, y);
  }
  canvas.stroke();
  canvas.restore();
}

function bandText(canvas: Canvas, { y, height, text, isGap }: Band, ink: Ink): void {
  canvas.font = `11px ${ink.words}`;
  canvas.textBaseline = 'middle';
  if (!isGap && text.length < 12) {
    canvas.textAlign = 'end';
    canvas.fillStyle = ink.quiet;
    canvas.fillText(text, measures.ruler - 8, y + height / 2 + 0.5);
    return;
  }
  canvas.textAlign = 'start';
  canvas.fillStyle = ink.band;
  canvas.fillRect(measures.ruler, y + 2, canvas.measureText(text).width + 12, height - 4);
  canvas.fillStyle = ink.ink;
  canvas.fillText(text, measures.ruler + 6, y + height / 2 + 0.5);
}

const weightOf = ({ shape }: Mark): number => (shape === 'reset' || shape === 'failed' ? 1 : 0);

function drawArrow(canvas: Canvas, arrow: Arrow, ink: Ink, strong: boolean): void {
  const { from, to, tone, kind, unseen, ends, hasTail } = arrow;
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  canvas.strokeStyle = canvas.fillStyle = ink[tone];
  canvas.lineWidth = (kind === 'data' || kind === 'reset' ? 1.5 : 1.25) + (strong ? 1 : 0);
  const arrives = ends === 'arrives';
  const tip = arrives ? 5 : 0;
  const start = { x: from.x + (hasTail ? 4 : 2) * cos, y: from.y + (hasTail ? 4 : 2) * sin };
  const end = { x: to.x - (tip + (arrives ? 6 : 0)) * cos, y: to.y - (tip + (arrives ? 6 : 0)) * sin };
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const dash = kind === 'call' || kind === 'end' ? [1.5, 3] : [];
  const half = (a: typeof start, b: typeof start, isSeen: boolean) => {
    canvas.setLineDash(isSeen ? dash : [3, 3]);
    canvas.beginPath();
    canvas.moveTo(a.x, a.y);
    canvas.lineTo(b.x, b.y);
    canvas.stroke();
  };
  half(start, middle, unseen !== 'tail');
  half(middle, end, unseen !== 'head');
  canvas.setLineDash([]);
  if (hasTail) disc(canvas, from.x, from.y, strong ? 3.6 : 3);
  if (arrives) head(canvas, to, cos, sin, kind === 'data' && unseen !== 'head');
  if (ends === 'lost') cross(canvas, to, ink.trouble);
  if (ends === 'open') {
    canvas.beginPath();
    canvas.moveTo(to.x, to.y - 4);
    canvas.lineTo(to.x, to.y + 4);
    canvas.stroke();
  }
}

function disc(canvas: Canvas, x: number, y: number, radius: number): void {
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
  canvas.fill();
}

/** A head, and behind it the wall that says: received here. */
function head(
  canvas: Canvas,
  to: { x: number; y: number },
  cos: number,
  sin: number,
  hasWall: boolean,
): void {
  const [x, y] = [to.x - 5 * cos, to.y - 5 * sin];
  const [backX, backY] = [x - 8 * cos, y - 8 * sin];
  canvas.beginPath();
  canvas.moveTo(x, y);
  canvas.lineTo(backX - 3.6 * sin, backY + 3.6 * cos);
  canvas.lineTo(backX + 3.6 * sin, backY - 3.6 * cos);
  canvas.fill();
  if (!hasWall) return;
  canvas.beginPath();
  canvas.moveTo(to.x - 2.5 * Math.sign(cos), to.y - 4);
  canvas.lineTo(to.x - 2.5 * Math.sign(cos), to.y + 4);
  canvas.lineWidth = 1.5;
  canvas.stroke();
}

function cross(canvas: Canvas, { x, y }: { x: number; y: number }, colour: string): void {
  canvas.strokeStyle = colour;
  canvas.lineWidth = 2;
  canvas.beginPath();
  canvas.moveTo(x - 4, y - 4);
  canvas.lineTo(x + 4, y + 4);
  canvas.moveTo(x + 4, y - 4);
  canvas.lineTo(x - 4, y + 4);
  canvas.stroke();
}

function stressed(canvas: Canvas, mark: Mark, ink: Ink, strong: boolean): void {
  if (strong) {
    canvas.strokeStyle = ink.accent;
    canvas.lineWidth = 1.5;
    canvas.beginPath();
    canvas.arc(mark.x, mark.y, 9, 0, 2 * Math.PI);
    canvas.stroke();
  }
  drawMark(canvas, mark, ink);
}

function drawLabel(canvas: Canvas, label: Label, ink: Ink): void {
  const { x, y, align, text, size, tone, isBytes, isStrong, covers } = label;
  const gap = text === '' || size === '' ? 0 : 6;
  const textFont = `${isStrong ? '600 ' : ''}11px ${isBytes ? ink.bytes : ink.words}`;
  const sizeFont = `600 11px ${ink.bytes}`;
  canvas.font = textFont;
  const textWidth = canvas.measureText(text).width;
  canvas.font = sizeFont;
  const sizeWidth = size === '' ? 0 : canvas.measureText(size).width;
  const width = textWidth + gap + sizeWidth;
  const left = align === 'start' ? x : align === 'end' ? x - width : x - width / 2;
  canvas.fillStyle = ink.paper;
  if (covers !== null) canvas.fillRect(left - 4, y - 7, width + 8, 14);
  canvas.textAlign = 'start';
  canvas.textBaseline = 'middle';
  canvas.strokeStyle = ink.paper;
  canvas.lineWidth = 4;
  canvas.lineJoin = 'round';
  canvas.font = textFont;
  if (covers === null) canvas.strokeText(text, left, y);
  canvas.fillStyle = isBytes ? ink.ink : ink[tone];
  canvas.fillText(text, left, y);
  if (size === '') return;
  canvas.font = sizeFont;
  if (covers === null) canvas.strokeText(size, left + textWidth + gap, y);
  canvas.fillStyle = ink[tone];
  canvas.fillText(size, left + textWidth + gap, y);
}

function ruler(canvas: Canvas, ticks: readonly Tick[], height: number, ink: Ink): void {
  canvas.fillStyle = ink.paper;
  canvas.font = `11px ${ink.bytes}`;
  canvas.textBaseline = 'middle';
  canvas.textAlign = 'end';
  for (const { y, same, fresh } of ticks) {
    if (y < -12 || y > height + 12) continue;
    const right = measures.ruler - 8;
    canvas.fillStyle = ink.word;
    canvas.fillText(fresh, right, y);
    canvas.fillStyle = ink.quiet;
    canvas.fillText(same, right - canvas.measureText(fresh).width, y);
  }
}
