import { describe, expect, it, onTestFinished } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { Command } from '@socket-playground/shared/commands/verbs.ts';
import type { Problem } from '@socket-playground/shared/problem.ts';
import type { Outcome } from '@socket-playground/shared/wire/messages.ts';
import type { Kernel } from '../../store/asked/kernel-sight.svelte.ts';
import '../../lib/styles.ts';
import { kernelOf, queueOfSize } from '../kernel/testing.ts';
import { Openings } from '../open/openings.svelte.ts';
import type { Over } from '../over.ts';
import { Scene } from '../scene.ts';
import Sockets from './Sockets.svelte';

async function show(
  scene: Scene,
  selected: number | null = null,
  over: Over = null,
  kernel: Kernel = kernelOf({ is: 'unknown' }),
  answer: Outcome = { ok: true, result: {} },
) {
  const ran: Command[] = [];
  const picked: (number | null)[] = [];
  const told: Problem[] = [];
  const openings = new Openings();
  const { rerender } = await render(Sockets, {
    sockets: scene.sockets,
    who: scene.who,
    selected,
    machine: { addresses: [], expose: false },
    openings,
    over,
    kernel,
    run: (command: Command) => {
      ran.push(command);
      return Promise.resolve(answer);
    },
    onselect: (socket: number | null) => void picked.push(socket),
    onproblem: (problem: Problem) => void told.push(problem),
  });
  return { ran, picked, told, openings, happened: () => rerender({ sockets: scene.sockets }) };
}

const scene = () => new Scene().listener(1, 8888).client(2, 52144, 8888).accepted(3, 1, 8888, 52144);
const card = (name: RegExp) => page.getByRole('button', { name });

describe('the sockets', () => {
  it('keep the focus when the card that had it is folded away', async () => {
    const many = new Scene();
    for (let socket = 1; socket <= 10; socket += 1) many.refused(socket, 9000);
    const { happened } = await show(many);
    const first = card(/^#1 /).element();
    if (first instanceof HTMLElement) first.focus();
    for (let socket = 11; socket <= 400; socket += 1) many.refused(socket, 9000);
    await happened();
    await expect.element(card(/^#1 /)).not.toBeInTheDocument();
    const { activeElement } = document;
    expect(activeElement instanceof HTMLElement && activeElement.dataset.socket !== undefined).toBe(true);
  });

  it('of a run that is over are not called open, and nothing closes them', async () => {
    await show(scene(), null, 'restarted');
    await expect.element(page.getByText('3 were open', { exact: true })).toBeVisible();
    await expect.element(card(/^Close all$/)).not.toBeInTheDocument();
  });

  it('of such a run may all have been closed before', async () => {
    await show(new Scene().refused(1, 9000), null, 'restarted');
    await expect.element(page.getByText('none was open', { exact: true })).toBeVisible();
  });

  it('are counted whole beside a lesson, too, where there is little room', async () => {
    await page.viewport(1024, 700);
    const many = new Scene();
    for (let socket = 1; socket <= 21; socket += 1) many.listener(socket, 8000 + socket);
    await show(many);
    const count = page.getByText('21 open', { exact: true });
    const box = count.element().closest<HTMLElement>('.head')?.parentElement;
    box?.classList.add('has-lesson');
    box?.style.setProperty('width', '228px');
    expect(count.element().scrollWidth).toBeLessThanOrEqual(count.element().clientWidth);
    expect(count.element().clientWidth).toBeGreaterThan(0);
  });

  it('of a recording offer nothing that needs an agent', async () => {
    const { ran } = await show(scene(), 1, 'recording');
    await expect.element(page.getByRole('heading', { name: '3 sockets' })).toBeVisible();
    for (const name of [/^New server$/, /^New client$/, /^Close all$/, /ways to reach/i]) {
      await expect.element(card(name)).not.toBeInTheDocument();
    }
    card(/^#1/).element().focus();
    await userEvent.keyboard('{Delete}');
    expect(ran).toEqual([]);
  });

  it('shows who waits to be accepted, and looks into the kernel for nobody else', async () => {
    const local = { host: '127.0.0.1', port: 9 };
    const listening = { type: 'listening', local, backlog: 2, accept: 'manual' } as const;
    const both = scene().opened(4).happens(4, { type: 'bound', local }, listening);
    const kernel = kernelOf(queueOfSize(2, 3));
    await show(both, null, null, kernel);
    await expect.element(card(/^#4 .* 2 of 3 wait, sampled/)).toBeVisible();
    await expect.element(card(/^#1 .* wait/)).not.toBeInTheDocument();
    expect(kernel.followed).toEqual([4]);
  });

  it('closes all and offers to start again with one button, so that the focus stays', async () => {
    const closed = scene().happens(1, { type: 'closed' }).happens(2, { type: 'closed' });
    const { picked } = await show(closed.happens(3, { type: 'closed' }));
    await card(/^Start again$/).click();
    expect(picked).toEqual([null]);
  });

  it('are one stop for Tab; arrows walk, Enter selects, Delete closes', async () => {
    const { ran, picked } = await show(scene());
    await card(/^#1 echo server listening/).click();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(picked).toEqual([1, 3]);
    await userEvent.keyboard('{End}{Delete}');
    await expect.poll(() => ran).toEqual([{ type: 'close', socket: 2 }]);
    expect(document.querySelectorAll('[data-socket][tabindex="0"]')).toHaveLength(1);
  });

  it('close all at once', async () => {
    const { ran } = await show(scene());
    await page.getByRole('button', { name: 'Close all', exact: true }).click();
    expect(ran).toEqual([
      { type: 'close', socket: 1, connections: true },
      { type: 'close', socket: 2 },
    ]);
  });

  it('says what kept one from being closed, once for all of them', async () => {
    const problem = { code: 'link-lost', message: 'The agent does not answer.', hint: 'Wait.' };
    const { told } = await show(scene(), null, null, undefined, { ok: false, problem });
    await page.getByRole('button', { name: 'Close all', exact: true }).click();
    await expect.poll(() => told).toEqual([problem]);
    card(/^#1/).element().focus();
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => told).toEqual([problem, problem]);
  });

  it('shows the selected card, however long the list is', async () => {
    const many = new Scene();
    for (let id = 1; id < 50; id += 1) many.listener(id, 8000 + id);
    await page.viewport(1024, 700);
    const pane = document.head.appendChild(document.createElement('style'));
    onTestFinished(() => pane.remove());
    pane.textContent = '.rack { height: 300px; }';
    await show(many, 49);
    const bottom = () => card(/^#49 /).element().getBoundingClientRect().bottom;
    await expect.poll(bottom).toBeLessThanOrEqual(310);
  });

  it('keeps the selected card in sight when others come above it, until somebody scrolls away', async () => {
    const few = new Scene().listener(1, 8888);
    for (let id = 2; id < 6; id += 1) few.client(id, 50_000 + id, 9000);
    await page.viewport(1024, 700);
    const pane = document.head.appendChild(document.createElement('style'));
    onTestFinished(() => pane.remove());
    pane.textContent = '.rack { height: 300px; }';
    const { happened } = await show(few, 5);
    const bottom = () => card(/^#5 /).element().getBoundingClientRect().bottom;
    await expect.poll(bottom).toBeLessThanOrEqual(310);
    few.accepted(10, 1, 8888, 50_005);
    await happened();
    await expect.element(card(/^#10 /)).toBeInTheDocument();
    expect(bottom()).toBeLessThanOrEqual(310);
    const list = card(/^#5 /).element().closest('.rack-list');
    list?.scrollTo(0, 0);
    few.accepted(11, 1, 8888, 50_004);
    await happened();
    await expect.element(card(/^#11 /)).toBeInTheDocument();
    expect(list?.scrollTop).toBe(0);
  });

  it('gives the focus to a server that was just opened', async () => {
    const { openings } = await show(scene());
    openings.opened('server', 1);
    await expect.element(card(/^#1 echo server listening/)).toHaveFocus();
    await expect.poll(() => openings.freshServer).toBeNull();
  });

  it('keep the focus when the last of them unfold', async () => {
    const many = scene();
    for (let at = 4; at < 14; at += 1) many.accepted(at, 1, 8888, 50_000 + at);
    await show(many);
    const fold = page.getByRole('button', { name: '7 more' });
    (fold.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(fold).not.toBeInTheDocument();
    await expect.element(card(/^#3 /)).toHaveFocus();
  });

  it('unfold when asked', async () => {
    const many = new Scene().listener(1, 8888, 'chat');
    for (let id = 2; id < 102; id += 1) many.accepted(id, 1, 8888, 40000 + id);
    await show(many);
    expect(document.querySelectorAll('.member [data-socket]')).toHaveLength(4);
    await page.getByRole('button', { name: '96 more' }).click();
    await expect.poll(() => document.querySelectorAll('.member [data-socket]').length).toBe(100);
  });

  it('teach their shapes while there are none', async () => {
    await show(new Scene());
    await expect.element(page.getByText('Nothing is open.')).toBeVisible();
    await expect.element(page.getByText('half-closed')).toBeVisible();
  });

  it('show labels as they are, never as markup', async () => {
    await show(
      new Scene().opened(1, 'stream', `<img src=x onerror=alert(1)>${String.fromCodePoint(0x202e)}`),
    );
    await expect.element(page.getByText(String.raw`<img src=x onerror=alert(1)>\u202e`)).toBeVisible();
    expect(document.querySelector('img')).toBeNull();
  });
});
