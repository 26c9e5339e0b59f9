import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '../lib/styles.ts';
import Notices from './Toasts.svelte';
import { Toasts } from './toasts.svelte.ts';

const aWhileMs = 60_000;
const dismiss = () => page.getByRole('button', { name: 'Dismiss' });
const focus = (element: Element) => element instanceof HTMLElement && element.focus();

async function setUp(...titles: readonly string[]) {
  const toasts = new Toasts(4);
  for (const title of titles) toasts.show({ tone: 'note', title });
  await render(Notices, { toasts });
  return { toasts, titlesLeft: () => toasts.list.map(({ title }) => title) };
}

let field: HTMLInputElement;
beforeEach(async () => {
  await page.viewport(1280, 800);
  field = document.body.appendChild(document.createElement('input'));
  field.style.cssText = 'position: fixed; inset: auto auto 0 0';
});
afterEach(() => {
  vi.useRealTimers();
  field.remove();
  document.documentElement.style.minHeight = '';
  scrollTo(0, 0);
});

it('that are dismissed by the keyboard hand the focus on, at last to where it was before', async () => {
  await setUp('one', 'two');
  field.focus();
  focus(dismiss().first().element());
  await userEvent.keyboard('{Enter}');
  await expect.element(dismiss()).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveFocus();
});

const away = (element: Element) => element instanceof HTMLElement && element.blur();

/** A field that is above all that is seen. */
function tallPage(): void {
  field.style.cssText = 'position: absolute; top: 0';
  document.documentElement.style.minHeight = '5000px';
}

it('do not give the focus back to where it was before an earlier visit', async () => {
  const { toasts } = await setUp('one');
  field.focus();
  await dismiss().click();
  await expect.element(field).toHaveFocus();
  field.blur();
  toasts.show({ tone: 'note', title: 'two' });
  await dismiss().click();
  await expect.element(dismiss()).not.toBeInTheDocument();
  expect(document.activeElement).toBe(document.body);
});

it('do not give the focus back to what it was in before it went to nothing', async () => {
  await setUp('one');
  field.focus();
  focus(dismiss().element());
  away(dismiss().element());
  await dismiss().click();
  await expect.element(dismiss()).not.toBeInTheDocument();
  expect(document.activeElement).toBe(document.body);
});

it('give the focus back where the page is read, without scrolling it', async () => {
  tallPage();
  await setUp('one');
  field.focus();
  scrollTo(0, 2000);
  await dismiss().click();
  await expect.element(field).toHaveFocus();
  expect(scrollY).toBe(2000);
});

it('still know where the focus was when somebody comes back to them from another window', async () => {
  await setUp('one');
  field.focus();
  focus(dismiss().element());
  for (const type of ['focusout', 'focusin'])
    dismiss()
      .element()
      .dispatchEvent(new FocusEvent(type, { bubbles: true }));
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveFocus();
});

it('hand the focus on to the one that is seen where only the newest is', async () => {
  await page.viewport(390, 800);
  await setUp('one', 'two', 'three');
  await expect.element(dismiss()).toBeVisible();
  field.focus();
  focus(dismiss().element());
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('two')).toBeVisible();
  await expect.element(dismiss()).toHaveFocus();
});

it('keep the one that has the focus in sight where only the newest is', async () => {
  await page.viewport(390, 800);
  const { toasts } = await setUp('one');
  focus(dismiss().element());
  toasts.show({ tone: 'note', title: 'two' });
  await expect.element(page.getByText('two')).toBeVisible();
  await expect.element(page.getByText('one')).toBeVisible();
  await expect.element(dismiss().first()).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('one')).not.toBeInTheDocument();
  await expect.element(dismiss()).toHaveFocus();
});

it('leave the focus to what their own button led to', async () => {
  const { toasts } = await setUp();
  toasts.show({ tone: 'note', title: 'Cleared.', action: { label: 'Show all', run: () => field.focus() } });
  await expect.element(dismiss()).toBeVisible();
  focus(page.getByRole('button', { name: 'Show all' }).element());
  await userEvent.keyboard('{Enter}');
  await expect.element(dismiss()).not.toBeInTheDocument();
  expect(document.activeElement).toBe(field);
});

it('stay while somebody stands in them, wherever the pointer goes, and go once nobody does', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { titlesLeft } = await setUp('one');
  focus(dismiss().element());
  await userEvent.hover(dismiss());
  await userEvent.hover(field);
  vi.advanceTimersByTime(aWhileMs);
  expect(titlesLeft()).toEqual(['one']);
  field.focus();
  vi.advanceTimersByTime(aWhileMs);
  expect(titlesLeft()).toEqual([]);
});
