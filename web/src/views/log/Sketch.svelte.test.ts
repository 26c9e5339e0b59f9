import { page } from 'vitest/browser';
import { beforeEach, expect, it } from 'vitest';
import '../../lib/styles.ts';
import './log.css';
import type { RowLook } from './look.ts';
import { Pool } from './pool.ts';
import { stateGlyphs } from './row.ts';
import type { EventCells } from './row.ts';
import { readSample } from './sample.ts';
import { isPlain, Sketch } from './sketch.ts';
import { element } from './write.ts';

const rowPx = 20;

const cells: EventCells = {
  kind: 'event',
  seq: 1_204_331,
  time: { same: '16.03', fresh: '1870' },
  socket: 3,
  lanes: ['lane-0', 'lane-2', 'lane-2 here to-server'],
  mark: { is: 'arrow', type: 'sent', direction: 'to-server', name: 'client to server, sent' },
  source: { host: '127.0.0.1', port: 52144 },
  destination: { host: '127.0.0.1', port: 8888 },
  protocol: 'TCP',
  length: '64',
  info: {
    is: 'data',
    verb: 'sent',
    runs: [
      { text: 'happy', escaped: false },
      { text: '\\n', escaped: true },
    ],
    empty: false,
  },
  afterPause: false,
  failure: null,
};
const data = (text: string): EventCells['info'] => ({
  is: 'data',
  verb: 'received',
  runs: [{ text, escaped: false }],
  empty: false,
});
const moves: readonly Partial<EventCells>[] = [
  {},
  {
    mark: { is: 'arrow', type: 'received', direction: 'to-client', name: '' },
    lanes: ['lane-0', 'lane-0 here to-client'],
    info: data('x'.repeat(400)),
  },
  {
    source: { host: '2001:db8::7334:1', port: 52144 },
    destination: { host: '192.168.100.200', port: 65535 },
    info: data('a != b -> c => "q" www'),
  },
  {
    info: { is: 'message', verb: 'received', text: 'GET /index.html HTTP/1.1, Host: example.org'.repeat(4) },
    protocol: 'HTTP',
  },
  { info: { is: 'data', verb: 'received', runs: [], empty: true }, protocol: 'UDP', length: '0' },
  {
    info: data('größe ñ Ж fin'),
    mark: { is: 'arrow', type: 'sent', direction: 'to-client', name: '' },
  },
  {
    lanes: ['lane-0 start', 'lane-1 stop', 'lane-5', 'lane-1 here hollow'],
    source: null,
    destination: null,
    socket: null,
  },
  {
    mark: { is: 'arrow', type: 'received', direction: 'to-server', name: '' },
    protocol: 'WebSocket',
    socket: 52,
    time: { same: '', fresh: '*REF*' },
  },
];

/** A row for each glyph, and for each kind of lifeline. */
const states: readonly Partial<EventCells>[] = stateGlyphs.map((glyph, at) => ({
  mark: { is: 'state', glyph, name: glyph },
  lanes: ['lane-0', at === 0 ? 'lane-1 start' : 'lane-1', 'lane-1 here hollow'],
  length: '',
  info: { is: 'life', text: `${glyph}, not more` },
}));
const kinds = [...moves, ...states];

const looks: readonly RowLook[] = kinds.map((kind, place) => ({
  cells: { ...cells, ...kind },
  id: `row-${place}`,
  rowindex: place + 2,
  topPx: place * rowPx,
  heightPx: rowPx,
  selected: false,
  otherEnd: false,
  marked: false,
}));

const cols = '60px 84px 98px 36px 122px 122px 58px 54px minmax(0, 1fr)';

async function setUp(theme: string) {
  document.documentElement.dataset.theme = theme;
  document.body.replaceChildren();
  const log = element('div', 'log', {
    style: `--cols: ${cols}; --narrow-cols: ${cols}; position: relative; height: ${kinds.length * rowPx}px`,
  });
  const rows = element('div', 'rows');
  const host = element('div', 'pool', { style: 'top: 0' });
  rows.style.height = `${kinds.length * rowPx}px`;
  rows.append(host);
  log.append(rows);
  document.body.append(log);
  const pool = new Pool(host);
  pool.show(looks);
  // A font is asked for when its text is laid out, and only then waited for.
  log.getBoundingClientRect();
  await document.fonts.ready;
  const canvas = element('canvas', '', {
    style: `position: absolute; inset: 0; width: ${log.clientWidth}px; height: ${log.clientHeight}px`,
  });
  const context = canvas.getContext('2d', { alpha: false })!;
  const { clientWidth: width, clientHeight: height } = log;
  const sketch = new Sketch(context, readSample(host), { width, height, ratio: devicePixelRatio });
  return { log, canvas, sketch };
}

async function pixelsOf(of: Element): Promise<ImageData> {
  const base64 = await page.elementLocator(of).screenshot({ save: false });
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}

/** How many of a hundred pixels differ by more than a shade that nobody sees. */
function difference(a: ImageData, b: ImageData, from: number, to: number): number {
  let count = 0;
  for (let at = from * a.width * 4; at < to * a.width * 4; at += 4) {
    const by = Math.max(
      ...[0, 1, 2].map((part) => Math.abs((a.data[at + part] ?? 0) - (b.data[at + part] ?? 0))),
    );
    if (by > 48) count += 1;
  }
  return (100 * count) / (a.width * (to - from));
}

beforeEach(() => page.viewport(1240, 500));

it.each(['light', 'dark'])('looks like the rows beneath it, %s', async (theme) => {
  const { log, canvas, sketch } = await setUp(theme);
  const written = await pixelsOf(log);
  log.append(canvas);
  const plain = looks.filter(isPlain);
  expect(plain).toHaveLength(looks.length);
  sketch.draw(plain);
  const sketched = await pixelsOf(log);
  const rows = kinds.map((_, place) => difference(written, sketched, place * rowPx, (place + 1) * rowPx));
  expect(Math.max(...rows)).toBeLessThan(0.5);
});
