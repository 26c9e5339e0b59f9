/** The marks on lanes: each state has a shape of its own, as everywhere on the page. */
import type { Ink } from './ink.ts';
import type { Mark, MarkShape } from './shapes.ts';

type Canvas = CanvasRenderingContext2D;
type Draw = (canvas: Canvas, x: number, y: number, ink: Ink) => void;

function circle(canvas: Canvas, x: number, y: number, radius: number): void {
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
}

/** Paper inside, so that the lane does not run through. */
function hollow(canvas: Canvas, x: number, y: number, radius: number, ink: Ink, colour: string): void {
  circle(canvas, x, y, radius);
  canvas.fillStyle = ink.paper;
  canvas.fill();
  canvas.strokeStyle = colour;
  canvas.lineWidth = 1.5;
  canvas.stroke();
}

function lines(
  canvas: Canvas,
  colour: string,
  width: number,
  ...points: readonly (readonly [number, number, number, number])[]
): void {
  canvas.strokeStyle = colour;
  canvas.lineWidth = width;
  canvas.beginPath();
  for (const [x1, y1, x2, y2] of points) {
    canvas.moveTo(x1, y1);
    canvas.lineTo(x2, y2);
  }
  canvas.stroke();
}

const draws: Readonly<Record<MarkShape, Draw>> = {
  opened: (canvas, x, y, ink) => hollow(canvas, x, y, 3.5, ink, ink.word),
  dot: (canvas, x, y, ink) => hollow(canvas, x, y, 2.5, ink, ink.quiet),
  bound: (canvas, x, y, ink) => {
    canvas.fillStyle = ink.paper;
    canvas.fillRect(x - 4.5, y - 4.5, 9, 9);
    canvas.strokeStyle = ink.word;
    canvas.lineWidth = 1.5;
    canvas.strokeRect(x - 4.5, y - 4.5, 9, 9);
  },
  listening: (canvas, x, y, ink) => {
    hollow(canvas, x, y, 5.5, ink, ink.accent);
    circle(canvas, x, y, 2.2);
    canvas.fillStyle = ink.accent;
    canvas.fill();
  },
  connecting: (canvas, x, y, ink) => {
    canvas.setLineDash([2, 2]);
    hollow(canvas, x, y, 4.5, ink, ink.word);
    canvas.setLineDash([]);
  },
  connected: (canvas, x, y, ink) => {
    circle(canvas, x, y, 5);
    canvas.fillStyle = ink.accent;
    canvas.fill();
  },
  ended: (canvas, x, y, ink) => lines(canvas, ink.ink, 2, [x - 7, y, x + 7, y]),
  closed: (canvas, x, y, ink) =>
    lines(canvas, ink.ink, 2, [x - 7, y - 2, x + 7, y - 2], [x - 7, y + 2, x + 7, y + 2]),
  failed: (canvas, x, y, ink) =>
    lines(
      canvas,
      ink.trouble,
      2.2,
      [x - 4.5, y - 4.5, x + 4.5, y + 4.5],
      [x + 4.5, y - 4.5, x - 4.5, y + 4.5],
    ),
  paused: (canvas, x, y, ink) => {
    canvas.fillStyle = ink.paper;
    canvas.fillRect(x - 5, y - 5, 10, 10);
    lines(canvas, ink.word, 2, [x - 2, y - 4, x - 2, y + 4], [x + 2, y - 4, x + 2, y + 4]);
  },
  reset: (canvas, x, y, ink) => {
    canvas.fillStyle = ink.trouble;
    canvas.beginPath();
    for (const [dx, dy] of bolt) canvas.lineTo(x + dx, y + dy);
    canvas.fill();
  },
};

const bolt: readonly (readonly [number, number])[] = [
  [1.6, -7.5],
  [-3.8, 0.7],
  [-0.2, 0.7],
  [-1.6, 7.5],
  [4.2, -1.1],
  [0.6, -1.1],
];

export function drawMark(canvas: Canvas, { x, y, shape }: Mark, ink: Ink): void {
  draws[shape](canvas, x, y, ink);
}
