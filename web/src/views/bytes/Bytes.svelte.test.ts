import { page, userEvent } from 'vitest/browser';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { EventRow } from '../../store/rows/rows.ts';
import type { PayloadAnswer } from '../../store/store.svelte.ts';
import { Spoken } from '../../store/sockets/spoken.svelte.ts';
import { echoScene, sent } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import Bytes from './Bytes.svelte';

const tree = page.getByRole('tree', { name: 'Fields' });
const item = (name: RegExp) => page.getByRole('treeitem', { name });
const dump = page.getByRole('group', { name: 'Hex dump' });
const marks = () => [...dump.element().querySelectorAll('mark')].map(({ textContent }) => textContent);

type FetchPayload = (seq: number) => Promise<PayloadAnswer>;

/** The pane of a row that #2 sent. */
async function open(text: string, fetchPayload: FetchPayload = () => Promise.resolve({ is: 'gone' })) {
  const { journal } = new Told().tell(...echoScene, sent(2, text));
  const row = journal.at(journal.length - 1);
  if (row?.kind !== 'event') throw new Error('no row');
  const props = {
    row,
    otherEnd: { rows: [], exact: false },
    spoken: new Spoken(journal),
    fieldsPx: undefined,
    onfieldspx: () => undefined,
    fetchPayload,
    place: () => undefined,
    onselect: () => undefined,
    onclose: () => undefined,
    oncopied: () => undefined,
    onfail: () => undefined,
  };
  const { rerender } = await render(Bytes, props);
  const section = document.querySelector<HTMLElement>('section.dump');
  if (section !== null) section.style.height = '500px';
  return { row, show: (row: EventRow) => rerender({ ...props, row }) };
}

const request = 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n';

it('a field selects its bytes, and a byte its innermost field', async () => {
  await open(request);
  await item(/^Target/).click();
  await expect.poll(marks).toEqual(['2f 61', '/a']);
  await userEvent.keyboard('{ArrowUp}');
  await expect.poll(marks).toEqual(['47 45 54', 'GET']);
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(item(/^Request line/)).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(item(/^Method/)).not.toBeInTheDocument();
  const group = dump.element();
  if (group instanceof HTMLElement) group.focus();
  await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowRight}');
  await expect.poll(marks).toEqual(['45', 'E']);
  await expect.element(item(/^Method/)).toHaveAttribute('aria-selected', 'true');
});

it('bytes are shown as what was chosen, and it is said when they do not look like that', async () => {
  await open(request);
  const as = page.getByLabelText('Show as');
  await expect.element(page.getByText('HTTP/1', { exact: true }).first()).toBeVisible();
  await as.selectOptions('TLS');
  await expect.element(page.getByText('Does not look like TLS')).toBeVisible();
  await as.selectOptions('plain bytes');
  await expect.element(tree).not.toBeInTheDocument();
  await as.selectOptions('Lines of text');
  await expect.element(item(/Line 2/)).toBeVisible();
});

it('the fields of plain text are folded until they are asked for', async () => {
  await open('happy\nnew\n');
  await expect.element(tree).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Fields' }).click();
  await expect.element(item(/Line 2/)).toBeVisible();
});

it('a row that was made again is the same row: what is selected stays, and nothing is fetched again', async () => {
  const fetched: number[] = [];
  const whole = new TextEncoder().encode(request.padEnd(400, 'x'));
  const { row, show } = await open(request.padEnd(400, 'x'), (seq) => {
    fetched.push(seq);
    return Promise.resolve({ is: 'data', data: whole });
  });
  await item(/^Target/).click();
  await expect.poll(marks).toEqual(['2f 61', '/a']);
  const { seq } = row.event;
  await expect.poll(() => fetched).toEqual([seq]);
  await show({ ...row });
  await expect.poll(marks).toEqual(['2f 61', '/a']);
  await show({ ...row, event: { ...row.event, seq: seq + 1 } });
  await expect.poll(() => fetched).toEqual([seq, seq + 1]);
});

it('has 16 bytes in a line where they fit, beside a scrollbar too, and else 8', async () => {
  await open('x'.repeat(2000));
  const section = dump.element().closest('section');
  const inFirstLine = () => dump.element().querySelector('[data-side="ascii"]')?.textContent.length;
  for (const [width, count] of [
    [520, 8],
    [548, 16],
    [340, 8],
    [900, 16],
  ] as const) {
    if (section !== null) section.style.width = `${width}px`;
    await expect.poll(inFirstLine).toBe(count);
  }
});

it('that could not be fetched keep the focus when they are asked for again', async () => {
  const answers: PayloadAnswer[] = [{ is: 'unreachable', message: 'The agent does not answer.' }];
  const { row, show } = await open('first', () => Promise.resolve(answers.shift() ?? { is: 'gone' }));
  const event = { ...row.event, seq: row.event.seq + 1, size: 300, captured: 5 };
  await show({ ...row, event });
  const again = page.getByRole('button', { name: 'Try again', exact: true });
  await expect.element(again).toBeVisible();
  (again.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/no longer keeps/)).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Bytes' })).toHaveFocus();
});

it('the fold keeps the focus when a row has no fields, and says why', async () => {
  await open(request);
  const fold = page.getByRole('button', { name: 'Fields' });
  (fold.element() as HTMLElement).focus();
  (page.getByLabelText('Show as').element() as HTMLSelectElement).value = 'plain';
  page
    .getByLabelText('Show as')
    .element()
    .dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(fold).toHaveAttribute('aria-disabled', 'true');
  await expect.element(fold).toHaveAccessibleDescription('Plain bytes');
  await new Promise(requestAnimationFrame);
  await expect.element(fold).toHaveFocus();
});

it('in a low window some lines of bytes are seen, beside fields too, and the rest is scrolled to', async () => {
  await page.viewport(800, 600);
  await open(request);
  const section = dump.element().closest<HTMLElement>('section.dump')!;
  section.style.height = '175px';
  await expect.element(tree).toBeVisible();
  expect(dump.element().clientHeight).toBeGreaterThanOrEqual(60);
  await page.getByRole('button', { name: 'Fields' }).click();
  await expect.element(tree).not.toBeInTheDocument();
  expect(dump.element().clientHeight).toBeGreaterThanOrEqual(100);
  const facts = section.querySelector('.facts')!;
  facts.scrollIntoView({ block: 'end' });
  expect(facts.getBoundingClientRect().bottom).toBeLessThanOrEqual(section.getBoundingClientRect().bottom);
});
