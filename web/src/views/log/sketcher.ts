/**
 * Who paints the rows of the log in a flood: a sketch over them, unless somebody may be about to use them or they say
 * something that it does not draw. The elements beneath are then written only now and then, for assistive technology and
 * scripts. What it costs and saves is in `scripts/bench/paint.mjs`.
 */
import type { Overlay } from '../../store/store.svelte.ts';
import type { RowLook } from './look.ts';
import { readSample } from './sample.ts';
import { isPlain, Sketch } from './sketch.ts';

export interface Scene {
  readonly grid: HTMLElement;
  /** Where the elements of the rows stand. */
  readonly host: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** How far below the top of the grid its rows begin, and how much is seen of them, px. */
  readonly view: () => { readonly topPx: number; readonly heightPx: number };
  /** The rows at the tail; null when they are not what is to be seen. */
  readonly looks: () => readonly RowLook[] | null;
  /** Somebody comes while the sketch is shown: the elements have to be written now. */
  readonly oncome: () => void;
}

/** Asking a query whether it matches brings the style of the page up to date: the answer is kept until it changes. */
function watch(query: string): () => boolean {
  const list = matchMedia(query);
  let { matches } = list;
  list.addEventListener('change', () => ({ matches } = list));
  return () => matches;
}

const hasForcedColors = watch('(forced-colors: active)');
const isDark = watch('(prefers-color-scheme: dark)');

export class Sketcher implements Overlay {
  readonly #scene: Scene;
  #sketch: Sketch | null = null;
  /** What the sketch was made for. */
  #made = '';

  /** Looks out for who comes, as long as there is a grid. */
  constructor(scene: Scene) {
    this.#scene = scene;
    for (const sign of ['pointerenter', 'focusin'] as const) {
      scene.grid.addEventListener(sign, () => this.#giveWay());
    }
  }

  draw(): boolean {
    const looks = this.#isWanted() ? this.#scene.looks() : null;
    if (looks === null) return this.stop();
    if (!looks.every(isPlain)) return this.#show(false);
    this.#prepared()?.draw(looks);
    return this.#show(this.#sketch !== null);
  }

  /** A canvas at rest has no memory. */
  stop(): false {
    const { canvas } = this.#scene;
    if (this.#sketch !== null) canvas.width = canvas.height = 0;
    this.#sketch = null;
    return this.#show(false);
  }

  #giveWay(): void {
    const { canvas, oncome } = this.#scene;
    if (canvas.hidden) return;
    this.stop();
    oncome();
  }

  #show<On extends boolean>(on: On): On {
    const { canvas } = this.#scene;
    if (canvas.hidden === on) canvas.hidden = !on;
    return on;
  }

  /** Whoever points at rows or walks them, or needs colours of his own, needs the elements. */
  #isWanted(): boolean {
    return !document.hidden && !hasForcedColors() && !this.#scene.grid.matches(':hover, :focus-within');
  }

  #prepared(): Sketch | null {
    const { canvas, grid, host, view } = this.#scene;
    const { topPx, heightPx } = view();
    const width = grid.clientWidth;
    const theme = `${document.documentElement.dataset.theme ?? ''} ${isDark()}`;
    const made = [grid.className, grid.style.cssText, theme, width, topPx, heightPx, devicePixelRatio].join(
      ' ',
    );
    if (this.#sketch !== null && this.#made === made) return this.#sketch;
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) return null;
    this.#made = made;
    Object.assign(canvas.style, { top: `${topPx}px`, width: `${width}px`, height: `${heightPx}px` });
    this.#sketch = new Sketch(context, readSample(host), {
      width,
      height: heightPx,
      ratio: devicePixelRatio,
    });
    return this.#sketch;
  }
}
