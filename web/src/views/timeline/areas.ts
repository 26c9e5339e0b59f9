/** What is filled between lanes: a crowd of transfers, and the fan of a chunk and its writes. */
import type { Ink } from './ink.ts';
import type { Crowd, Fan } from './shapes.ts';

type Canvas = CanvasRenderingContext2D;

export function drawCrowd(canvas: Canvas, { x, y, height, reach, tone }: Crowd, ink: Ink): void {
  canvas.fillStyle = ink[tone];
  canvas.fillRect(Math.min(x, x + reach), y, Math.max(1, Math.abs(reach)), height);
}

const fanPart = 0.1;

export function drawFan(canvas: Canvas, { points, tone }: Fan, ink: Ink): void {
  canvas.globalAlpha = fanPart;
  canvas.fillStyle = ink[tone];
  canvas.beginPath();
  for (const { x, y } of points) canvas.lineTo(x, y);
  canvas.fill();
  canvas.globalAlpha = 1;
}
