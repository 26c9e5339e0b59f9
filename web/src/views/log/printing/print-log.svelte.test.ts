import { afterEach, beforeEach, expect, it } from 'vitest';
import { opened, sent } from '../../../store/testing/events.ts';
import { playedDesk } from '../../traffic/testing.ts';
import { printLog } from './print-log.ts';
import { printedBytesMost, printedRowsMost, sheetOf } from './sheet.ts';

let left: AbortController;
/** The log on the page. */
let grid: HTMLElement;
const paper = () => document.querySelector<HTMLElement>('.printed-log');
const rows = () => [...(paper()?.querySelectorAll('tbody tr') ?? [])].map((row) => row.textContent);
const print = () => dispatchEvent(new Event('beforeprint'));

beforeEach(() => {
  localStorage.clear();
  left = new AbortController();
  grid = document.body.appendChild(document.createElement('div'));
});
afterEach(() => {
  left.abort();
  grid.remove();
});

function setUp() {
  const played = playedDesk();
  printLog(played.desk, grid, left.signal);
  return played;
}

it('prints the rows of the log, also those that are not in view, and takes them away afterwards', async () => {
  const { desk, tell } = setUp();
  await tell(opened(1), ...Array.from({ length: 99 }, (_, count) => sent(1, `word ${String(count)}.`)));
  desk.log.sync();
  print();
  expect(rows()).toHaveLength(100);
  expect(rows().at(-1)).toContain('word 98.');
  expect(paper()?.textContent).toContain('100 rows.');
  dispatchEvent(new Event('afterprint'));
  expect(paper()).toBeNull();
});

it('says of a failure what it means, and what to do', async () => {
  const { desk, tell } = setUp();
  const [code, message, hint] = ['ECONNREFUSED', 'Nothing listens there.', 'Check the port.'];
  await tell(opened(1), { type: 'failed', socket: 1, during: 'connect', code, errno: 111, message, hint });
  desk.log.sync();
  print();
  expect(rows().at(-1)).toContain(`${message} ${hint}`);
});

it('says what the columns and the filter leave out', async () => {
  const { desk, store, tell } = setUp();
  await tell(opened(1), sent(1, 'pear'), sent(1, 'apple'));
  store.settings.showColumn('time', false);
  await desk.language.load();
  desk.filter.set('pear');
  desk.log.filter(desk.terms);
  print();
  expect(rows()).toHaveLength(1);
  expect(paper()?.textContent).toContain('Filter: pear. It shows 1 of 3 rows.');
  expect(paper()?.querySelector('th.time')).toBeNull();
});

it('prints no more rows than are reading matter, and says how many are left out', async () => {
  const { desk, tell } = setUp();
  await tell(...Array.from({ length: printedRowsMost + 10 }, () => opened(1)));
  desk.log.sync();
  const { rows: printed, says } = sheetOf(desk);
  expect(printed).toHaveLength(printedRowsMost);
  expect(printed[0]?.texts[0]).toBe('11');
  expect(says[0]).toBe('2,000 rows of 2,010: left out are 10 before.');
  desk.log.setFollow(false);
  desk.log.reveal(0);
  expect(sheetOf(desk).says[0]).toContain('10 behind');
});

it('prints more of a message than a row shows, and says where it ends', async () => {
  const { desk, tell } = setUp();
  const long = 'x'.repeat(printedBytesMost);
  await tell(opened(1), sent(1, long), sent(1, `${long}y`));
  desk.log.sync();
  print();
  expect(rows()[1]?.endsWith(long)).toBe(true);
  expect(rows()[2]?.endsWith(`${long}…`)).toBe(true);
  expect(paper()?.textContent).toContain('no more than its first 256 bytes');
});

it('says that rows were cleared, beside a filter too', async () => {
  const { desk, store, tell } = setUp();
  await tell(opened(1), sent(1, 'pear'));
  store.clear();
  await tell(sent(1, 'apple'));
  await desk.language.load();
  desk.filter.set('apple');
  desk.log.filter(desk.terms);
  const { says } = sheetOf(desk);
  expect(says).toContain('Filter: apple. It shows 1 of 3 rows.');
  expect(says).toContain('Rows before Clear are left out.');
});

it('leaves the window to who does not see the log', async () => {
  const { desk, tell } = setUp();
  await tell(opened(1));
  desk.log.sync();
  grid.hidden = true;
  print();
  expect(paper()).toBeNull();
  grid.hidden = false;
  const dialog = document.body.appendChild(document.createElement('dialog'));
  dialog.showModal();
  print();
  expect(paper()).toBeNull();
  dialog.remove();
  print();
  expect(paper()).not.toBeNull();
  left.abort();
  expect(paper()).toBeNull();
  print();
  expect(paper()).toBeNull();
});
