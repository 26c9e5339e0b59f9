import type {} from '@vitest/browser-playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import '../../lib/styles.ts';
import './lesson.css';

const media = (name: 'print' | '') => cdp().send('Emulation.setEmulatedMedia', { media: name });
const part = (className: string) => document.querySelector<HTMLElement>(`.${className}`);
const shows = (className: string) => part(className)?.checkVisibility();
let app: HTMLElement;

beforeEach(async () => {
  app = document.createElement('div');
  app.innerHTML = `
    <header class="top">bar</header>
    <div class="frame" style="overflow: auto">
      <aside class="pane"><section class="lesson">read</section><div class="edge">edge</div></aside>
      <main class="others">sockets</main>
    </div>`;
  document.body.append(app);
  await media('print');
});
afterEach(async () => {
  app.remove();
  part('printed-log')?.remove();
  await media('');
});

it('is its text alone', () => {
  expect(['lesson', 'top', 'edge', 'others'].map(shows)).toEqual([true, false, false, false]);
});

it('is not there while the lesson is put aside, nor where the log is printed', () => {
  const pane = part('pane');
  if (pane) pane.hidden = true;
  expect(shows('others')).toBe(true);
  if (pane) pane.hidden = false;
  const log = document.createElement('section');
  log.className = 'printed-log';
  document.body.append(log);
  expect(shows('others')).toBe(true);
});
