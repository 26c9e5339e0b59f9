import { page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { EventBody } from '@socket-playground/shared/events/event.ts';
import type { PayloadAnswer } from '../../store/store.svelte.ts';
import { at, echoScene, opened, received, sent } from '../../store/testing/events.ts';
import { Told } from '../../store/testing/told.ts';
import { Lens } from './lens.svelte.ts';
import Stream from './Stream.svelte';

afterEach(() => vi.restoreAllMocks());

type Payload = (seq: number) => Promise<PayloadAnswer>;
const gone: Payload = () => Promise.resolve({ is: 'gone' });

/** The stream of a socket, out of events that go on happening. */
async function show(
  selected: number,
  bodies: readonly EventBody[],
  payload: Payload = gone,
  first: number | null = null,
) {
  const told = new Told().tell(...bodies);
  const { journal, sockets } = told;
  const lens = new Lens();
  const picks: number[] = [];
  const props = (picked: number | null = null) => ({
    socket: sockets.table.get(selected)!,
    sockets: sockets.table,
    who: sockets,
    journal,
    payload,
    lens,
    picked,
    onpick: (number: number) => void picks.push(number),
  });
  const { rerender, container } = await render(Stream, props(first));
  container.style.cssText = 'display: grid; height: 400px; width: 900px';
  return {
    picks,
    lens,
    tell: async (...more: EventBody[]) => {
      told.tell(...more);
      await rerender(props());
    },
    pick: (picked: number | null) => rerender(props(picked)),
    turnTo: (socket: number) => rerender({ ...props(), socket: sockets.table.get(socket)! }),
  };
}

/** Three writes that come as one chunk, and one write that comes as two. */
const cutTwice = [
  ...echoScene,
  sent(2, 'one'),
  sent(2, 'two'),
  sent(2, 'three'),
  received(3, 'onetwothree'),
  sent(3, 'long answer'),
  received(2, 'long '),
  received(2, 'answer'),
];
const view = () => page.getByRole('region', { name: 'Stream', exact: true });
const rightToLeft = String.fromCodePoint(0x202e);
const lines = () => [...document.querySelectorAll('.line[data-seq]')].map((line) => line.textContent.trim());
const texts = () => [...document.querySelectorAll('.line[data-seq] > .text')].map((line) => line.textContent);
const radio = (name: string) => page.getByRole('radio', { name, exact: true });

describe('following a stream', () => {
  it('of another socket begins at its end, wherever the one before was read', async () => {
    const many = (socket: number) =>
      Array.from({ length: 200 }, (_, n) => sent(socket, `#${socket} says ${n}\n`));
    const { lens, turnTo } = await show(2, [...echoScene, ...many(2), ...many(3)]);
    lens.framing = 'lines';
    await expect.element(view()).toHaveTextContent('#2 says 199');
    const newest = page.getByRole('button', { name: 'Newest', exact: true });
    view().element().scrollTop = 0;
    await expect.element(newest).toBeVisible();
    await turnTo(3);
    await expect.element(view()).toHaveTextContent('#3 says 199');
    await expect.element(newest).not.toBeInTheDocument();
  });

  it('says nothing of what was saved of the socket before', async () => {
    const cut = { ...sent(2, 'cut'), size: 300, captured: 3 };
    const { turnTo } = await show(2, [...echoScene, cut]);
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue(undefined);
    await page.getByRole('button', { name: 'Save raw to server', exact: true }).click();
    const problem = page.getByText('Saved without 297 bytes');
    await expect.element(problem).toBeVisible();
    await turnTo(3);
    await expect.element(problem).not.toBeInTheDocument();
    await turnTo(2);
    await expect.element(problem).toBeVisible();
  });

  it('is one text of turns; the reply says how long after the request it came', async () => {
    await show(2, cutTwice);
    await expect.element(view()).toBeVisible();
    await expect.poll(texts).toEqual(['onetwothree', 'long answer']);
    expect(lines()[1]).toMatch(/^14.*to client.*11 bytes in 2 chunks, after 3\.0 ms$/s);
  });

  it('keeps to its newest line when a row is selected that is in view anyway', async () => {
    await show(2, cutTwice, gone, 10);
    await expect.poll(texts).toEqual(['onetwothree', 'long answer']);
    await expect.element(view()).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Newest', exact: true })).not.toBeInTheDocument();
  });

  it('shows where chunks were cut, and leads to their rows and back', async () => {
    const { picks, pick } = await show(2, cutTwice);
    await page.getByRole('checkbox', { name: 'Chunk borders', exact: true }).click();
    await expect.poll(texts).toEqual(['one', 'two', 'three', 'long ', 'answer']);
    await page.getByText('two', { exact: true }).click();
    expect(picks).toEqual([10]);
    await pick(10);
    await expect.poll(() => document.querySelector('.is-picked')?.textContent).toContain('two');
    (view().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(picks).toEqual([10, 11]);
  });

  it('a character that chunks cut through is whole', async () => {
    const data = (...bytes: number[]) => ({ size: bytes.length, data: Uint8Array.from(bytes) });
    await show(2, [
      ...echoScene,
      { type: 'sent', socket: 2, ...data(0x64, 0xc3) },
      { type: 'sent', socket: 2, ...data(0xa9) },
    ]);
    await expect.poll(texts).toEqual(['dé']);
    await page.getByRole('checkbox', { name: 'Chunk borders', exact: true }).click();
    await expect.poll(texts).toEqual(['d', 'é']);
  });

  it.each([
    ['Latin-1', String.raw`dÃ©\n`],
    ['Hex', '64 c3 a9 0ad...'],
    ['Escaped', String.raw`d\xc3\xa9\n`],
    ['Python', String.raw`b'd\xc3\xa9\n'`],
  ])('as %s', async (form, text) => {
    await show(2, [...echoScene, sent(2, 'dé\n')]);
    await radio(form).click();
    await expect.poll(texts).toEqual([text]);
  });

  it('in messages, with the last one under way and a length that is none', async () => {
    const { lens, tell } = await show(2, [...echoScene, sent(2, '\0\x02hi'), sent(2, '\0\x05w')]);
    lens.framing = 'length';
    await expect.poll(lines).toHaveLength(2);
    expect(lines()[0]).toMatch(/message 1, 4 bytes$/);
    expect(lines()[1]).toMatch(/message 2, incomplete: 3 of 7 bytes$/);
    await tell(sent(2, 'orld'));
    await expect.poll(() => lines()[1]).toMatch(/message 2, 7 bytes$/);
    lens.prefix = '4le';
    await expect.poll(() => lines()[0]).toMatch(/its length says [\d,]+ bytes: not this framing$/);
  });

  it('is searched across borders, one place after the other', async () => {
    await show(2, cutTwice);
    const find = page.getByRole('searchbox', { name: 'Find in stream', exact: true });
    await find.fill('NET');
    await expect.poll(() => document.querySelector('.is-hit')?.textContent).toBe('net');
    await find.fill('n');
    await expect.element(page.getByText('1 of 3', { exact: true })).toBeVisible();
    await find.click();
    await userEvent.keyboard('{Enter}{Enter}{Enter}{Shift>}{Enter}{/Shift}');
    await expect.element(page.getByText('3 of 3', { exact: true })).toBeVisible();
  });

  it('the focus goes on in the bytes when what fetches them is gone', async () => {
    const long = new TextEncoder().encode('x'.repeat(300));
    const cut = { type: 'sent', socket: 2, size: 300, data: long.slice(0, 256), captured: 256 } as const;
    const answers: PayloadAnswer[] = [
      { is: 'unreachable', message: 'The agent does not answer.' },
      { is: 'unreachable', message: 'The agent does not answer.' },
      { is: 'data', data: long },
    ];
    await show(2, [...echoScene, cut], () => Promise.resolve(answers.shift() ?? { is: 'gone' }));
    for (const name of ['Try again', 'fetch']) {
      const button = page.getByRole('button', { name, exact: true });
      await expect.element(button).toBeVisible();
      (button.element() as HTMLElement).focus();
      await userEvent.keyboard('{Enter}');
      await expect.element(view()).toHaveFocus();
    }
    await expect.poll(() => texts().join('')).toBe('x'.repeat(300));
  });

  it('fetches what did not come, and says what nobody has', async () => {
    const long = new TextEncoder().encode('x'.repeat(300));
    const cut = { type: 'sent', socket: 2, size: 300, data: long.slice(0, 256), captured: 256 } as const;
    let answer!: (given: PayloadAnswer) => void;
    const slow = new Promise<PayloadAnswer>((resolve) => (answer = resolve));
    await show(2, [...echoScene, cut, cut], (seq) => (seq === 9 ? slow : Promise.resolve({ is: 'gone' })));
    await expect.poll(() => texts().join('')).toContain('44 bytes not fetched');
    answer({ is: 'data', data: long });
    await expect.poll(() => texts().join('').match(/x/g)?.length).toBe(556);
    expect(texts().join('')).toContain('44 bytes no longer kept');
  });

  it('copies one direction as it is, or says why not', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
    await show(2, cutTwice);
    await expect.poll(texts).toEqual(['onetwothree', 'long answer']);
    const copy = page.getByRole('button', { name: 'Copy', exact: true });
    await copy.click();
    await expect.poll(() => write.mock.calls[0]?.[0]).toBe('→ onetwothree\n← long answer\n');
    await expect.element(page.getByRole('status').filter({ hasText: 'Copied' })).toBeInTheDocument();
    await radio('To client').click();
    await expect.poll(texts).toEqual(['long answer']);
    write.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
    await copy.click();
    await expect.poll(() => write.mock.calls[1]?.[0]).toBe('long answer');
    await expect.element(page.getByRole('alert')).toHaveTextContent('does not let the page copy');
  });

  it('draws few rows of a long stream, and keeps to its end', async () => {
    const { tell } = await show(2, [
      ...echoScene,
      ...Array.from({ length: 2_000 }, (_, n) => sent(2, `${n}\n`)),
    ]);
    await expect.poll(() => texts().at(-1)).toBe(String.raw`1999\n`);
    expect(texts().length).toBeLessThan(60);
    await tell(sent(2, 'last'));
    await expect.poll(() => texts().at(-1)).toBe('last');
  });

  it('marks the byte that breaks a line, and leads to the write or read that had it', async () => {
    const { lens, picks, tell } = await show(3, [
      ...echoScene,
      received(3, 'temp 21.4\ntemp'),
      { type: 'received', socket: 3, size: 3, data: Uint8Array.of(0xff, 0x39, 0x0a) },
      received(3, 'te'),
    ]);
    await expect.poll(() => document.querySelector('.is-broken')?.textContent).toBe(String.raw`\xff`);
    lens.framing = 'lines';
    await expect.poll(() => lines()[1]).toMatch(/line 2, 7 bytes, \\xff at byte 5 is no text$/);
    expect(lines()[2]).toMatch(/line 3, incomplete: 2 bytes so far$/);
    await page.getByText(String.raw`\xff`, { exact: true }).click();
    expect(picks).toEqual([10]);
    await tell({ type: 'ended', socket: 3, by: 'remote' });
    await expect.poll(() => lines()[2]).toMatch(/line 3, incomplete: 2 bytes, and no more came$/);
  });

  it('says how each direction ended, and when', async () => {
    const { picks } = await show(3, [
      ...echoScene,
      received(3, 'bye'),
      { type: 'ended', socket: 3, by: 'remote' },
      sent(3, 'wait'),
      { type: 'reset', socket: 3, by: 'local' },
      { type: 'closed', socket: 3 },
    ]);
    await expect.poll(lines).toHaveLength(5);
    expect(lines()[1]).toMatch(/^10.*to server.*FIN: the client sends no more.*0\.010000 s$/s);
    expect(lines()[3]).toMatch(/^12.*to client.*RST: the server gave the connection up.*0\.012000 s$/s);
    expect(lines()[4]).toMatch(/^13.*#3 is closed.*0\.013000 s$/s);
    await page.getByText('FIN: the client sends no more').click();
    expect(picks).toEqual([10]);
  });

  it('of a server is what all of its connections say, each with its client', async () => {
    const second: readonly EventBody[] = [
      opened(4),
      { type: 'connecting', socket: 4, remote: at(8888) },
      { type: 'connected', socket: 4, local: at(5001), remote: at(8888) },
      opened(5, 1),
      { type: 'accepted', socket: 5, listener: 1, local: at(8888), remote: at(5001) },
    ];
    const { tell } = await show(1, [...echoScene, received(3, 'a')]);
    await expect.poll(texts).toEqual(['a']);
    await tell(...second, received(5, 'b'), received(3, 'c'), { type: 'closed', socket: 5 });
    await expect.poll(texts).toEqual(['a', 'b', 'c', '#5 is closed']);
    expect([...document.querySelectorAll('.talk')].map((who) => who.textContent)).toEqual([
      '#2',
      '#4',
      '#2',
      '#4',
    ]);
    await expect.element(page.getByRole('button', { name: 'Save raw to client' })).not.toBeInTheDocument();
  });

  it('shows what came from outside as text', async () => {
    await show(2, [...echoScene, sent(2, '<img src=x onerror=alert(1)>' + rightToLeft)]);
    await expect.poll(texts).toEqual([String.raw`<img src=x onerror=alert(1)>\u202e`]);
  });

  it('is the talk of a datagram socket with one other', async () => {
    const from = (port: number, text: string) =>
      ({ ...received(9, text), remote: { host: '127.0.0.1', port } }) as const;
    const open: EventBody = { type: 'opened', family: 'inet', socketType: 'dgram', label: null, socket: 9 };
    await show(9, [open, from(1, 'a'), from(2, 'b'), from(1, '')]);
    await expect.poll(texts).toEqual(['a', '(empty datagram)']);
    await page.getByRole('combobox', { name: 'Peer', exact: true }).selectOptions('127.0.0.1:2');
    await expect.poll(texts).toEqual(['b']);
  });
});

describe('writes and chunks', () => {
  const piece = (name: RegExp) => page.getByRole('button', { name });

  it('stand above each other, cut where each side cut', async () => {
    const { picks } = await show(2, cutTwice);
    await radio('Writes and chunks').click();
    await expect.element(page.getByText('3 writes in 1 chunk')).toBeVisible();
    await expect.element(page.getByText('1 write in 2 chunks')).toBeVisible();
    await piece(/^No\. 12, read 11 bytes/).click();
    await piece(/^No\. 10, written 3 bytes: two/).click();
    expect(picks).toEqual([12, 10]);
  });

  it('say what is not read yet, and what never will be', async () => {
    const { tell } = await show(2, [...echoScene, sent(2, 'hello'), received(3, 'hel')]);
    await radio('Writes and chunks').click();
    await expect.element(page.getByText('not read yet', { exact: true })).toBeVisible();
    await tell({ type: 'reset', socket: 3, by: 'local' }, { type: 'closed', socket: 3 });
    await expect.element(page.getByText('never read', { exact: true })).toBeVisible();
  });

  it('end as both ends saw it', async () => {
    const { picks, tell } = await show(3, [
      ...echoScene,
      sent(2, 'bye'),
      received(3, 'bye'),
      { type: 'ended', socket: 2, by: 'local' },
      { type: 'ended', socket: 3, by: 'remote' },
    ]);
    await radio('Writes and chunks').click();
    await expect.element(page.getByText('FIN to server: nothing more follows, 1.0 ms')).toBeVisible();
    await piece(/^No\. 11, FIN sent/).click();
    await piece(/^No\. 12, FIN seen/).click();
    expect(picks).toEqual([11, 12]);
    await tell({ type: 'reset', socket: 3, by: 'local' });
    await expect.element(page.getByText('RST to client: the connection was given up')).toBeVisible();
    await expect.element(page.getByText('not seen', { exact: true })).toBeVisible();
  });

  it('leave an outside end open', async () => {
    await show(2, [...echoScene.slice(3, 6), sent(2, 'hello')]);
    await radio('Writes and chunks').click();
    await expect.element(page.getByText('outside', { exact: true })).toBeVisible();
    await expect.element(piece(/written 5 bytes: hello/)).toBeVisible();
  });
});
