import { afterEach, beforeEach, expect, it } from 'vitest';
import { opened, sent } from '../../../store/testing/events.ts';
import { playedDesk } from '../../traffic/testing.ts';
import { printLog } from './print-log.ts';
import { printedRowsMost, sheetOf } from './sheet.ts';

let left: AbortController;
const paper = () => document.querySelector<HTMLElement>('.printed-log');
const rows = () => [...(paper()?.querySelectorAll('tbody tr') ?? [])].map((row) => row.textContent);
const print = () => dispatchEvent(new Event('beforeprint'));

beforeEach(() => {
  localStorage.clear();
  left = new AbortController();
});
afterEach(() => left.abort());

function setUp() {
  const played = playedDesk();
  printLog(played.desk, left.signal);
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

it('leaves the other views to the window', async () => {
  const { tell } = setUp();
  await tell(opened(1));
  print();
  expect(paper()).not.toBeNull();
  left.abort();
  expect(paper()).toBeNull();
  print();
  expect(paper()).toBeNull();
});
