/** Everything without the mouse. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Presses Tab until the element has the focus, as somebody does who cannot see a pointer. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  const most = 60;
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target.toString()} was not reached in ${most} steps.`);
}

test('open a server, connect, send, read the bytes, close: by keys alone', async ({ playground, page }) => {
  await page.keyboard.press('s');
  await expect(playground.newServer.getByRole('radio', { name: 'TCP', exact: true })).toBeFocused();
  await tabTo(page, playground.newServer.getByRole('radio', { name: 'echo', exact: true }));
  await page.keyboard.press('ArrowDown');
  await expect(playground.newServer.getByRole('radio', { name: 'ok', exact: true })).toBeChecked();
  await tabTo(page, playground.newServer.getByLabel('Port', { exact: true }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await expect(playground.card(1, 'ok server.*listening')).toBeFocused();

  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await expect(playground.newClient.getByRole('radio', { name: 'TCP', exact: true })).toBeFocused();
  await tabTo(page, playground.newClient.getByRole('button', { name: 'Connect', exact: true }));
  await page.keyboard.press('Enter');
  await expect(playground.card(2, 'connected')).toBeVisible();

  await expect(playground.message).toBeFocused();
  await page.keyboard.type('by hand');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(playground.rows(/#2.*received\s*OK\.\.\.by hand/)).toBeVisible();

  await tabTo(page, playground.log);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(playground.dump).toBeFocused();
  await expect(playground.bytes).toContainText('4f 4b 2e 2e 2e 62 79 20');
  await page.keyboard.press('Escape');
  await expect(playground.log).toBeFocused();

  await tabTo(page, playground.button('Close'), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(playground.card(2, 'closed')).toBeVisible();
});

test('arrow keys walk the sockets, Delete closes one', async ({ playground, agent, page }) => {
  await agent.serve();
  await agent.serve();
  await expect(playground.card(2)).toBeVisible();
  await tabTo(page, playground.card(1));
  await page.keyboard.press('ArrowDown');
  await expect(playground.card(2)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(playground.card(2, 'closed')).toBeVisible();
  await expect(playground.card(1, 'listening')).toBeVisible();
});

test('the palette finds and does', async ({ playground, page }) => {
  const palette = page.getByRole('dialog', { name: 'Find or do', exact: true });
  await page.keyboard.press('ControlOrMeta+K');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('open discard tcp');
  await expect(palette.getByRole('option', { selected: true })).toContainText('Open a discard server');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(playground.card(1, 'discard server.*listening')).toHaveAttribute('aria-current', 'true');

  await page.keyboard.press('ControlOrMeta+K');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('close #1');
  await expect(palette.getByRole('option', { selected: true })).toContainText('#1');
  await page.keyboard.press('Enter');
  await expect(playground.card(1, 'closed')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+K');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('no such thing at all');
  await expect(palette).toContainText('Nothing is called that.');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('? lists the keys, / filters, and letters are letters in fields', async ({ playground, page }) => {
  const keys = page.getByRole('dialog', { name: 'Keys', exact: true });
  await page.keyboard.press('?');
  await expect(keys).toContainText('filter the log');
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();

  await page.keyboard.press('/');
  await expect(playground.filter).toBeFocused();
  await page.keyboard.type('?/sc');
  await expect(playground.filter).toHaveValue('?/sc');
  await expect(keys).toBeHidden();
  await expect(playground.newServer).toBeHidden();
});
