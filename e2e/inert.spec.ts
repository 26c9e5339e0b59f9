/** What is received is shown, never obeyed: nothing runs, nothing is asked for, nothing hides. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '<svg/onload=alert(3)>',
  '"><iframe src=//127.0.0.1:9/></iframe>',
  '{{7*7}}${7*7}',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u202egnp.exe\u2066\u2069\u200b\ufeff',
  '\u0000\u0008\u009b\r',
].join(' ');

/** Elements that only hostile text could have made. */
const foreignElements = (page: Page) =>
  page.evaluate(() =>
    [...document.body.querySelectorAll('script, img, iframe, object, embed, svg[onload]')].map(
      ({ outerHTML }) => outerHTML,
    ),
  );

/** Control, format and bidi characters anywhere in text or attributes; what a person typed in a field is theirs. */
function unescaped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const unsafe = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}]/u;
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const attributes = node instanceof Element ? [...node.attributes].map(({ value }) => value) : [];
      const texts = node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ''] : attributes;
      for (const text of texts) {
        if (unsafe.test(text))
          found.push(`${node.parentElement?.outerHTML.slice(0, 200)}: ${JSON.stringify(text)}`);
      }
    }
    return found;
  });
}

test('a hostile payload is inert wherever it is shown', async ({ playground, agent, outside, page }) => {
  const { port } = await agent.serve();
  const client = await outside.client(port);
  client.send(hostile);
  await playground.selectSocket(2);
  await expect(playground.conversation).toContainText('<script>alert(1)</script>');
  await expect(playground.conversation).toContainText(String.raw`\x1b[2J`);
  const row = playground.rows(/#2.*received/);
  await expect(row).toContainText('<script>alert(1)</script>');
  await row.click();
  await expect(playground.dump).toBeVisible();
  expect(await foreignElements(page)).toEqual([]);
  expect(await unescaped(page)).toEqual([]);

  await playground.button('Find or do').click();
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
  expect(await unescaped(page)).toEqual([]);
});

test('a hostile label is inert wherever it is shown', async ({ playground, agent, outside, page }) => {
  const label = '<img src=x onerror=alert(1)>\u202egnp\u001b[2J';
  const { port } = await agent.serve({ label });
  await outside.client(port);
  await agent.dial(port, { label });
  for (const socket of [1, 3]) {
    await playground.selectSocket(socket);
    for (const tab of ['Details', 'Conversation']) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      expect(await unescaped(page), tab).toEqual([]);
    }
  }
  await playground.rows(/#1.*opened/).click();
  await playground.button('Find or do').click();
  await expect(
    page
      .getByRole('option')
      .filter({ hasText: String.raw`\u202egnp\x1b[2J` })
      .first(),
  ).toBeVisible();
  expect(await foreignElements(page)).toEqual([]);
  expect(await unescaped(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await playground.button('New client').click();
  await playground.button('Addresses to choose from').click();
  expect(await unescaped(page)).toEqual([]);
});

test('a hostile name in a form and a hostile filter are inert', async ({ playground, page }) => {
  await playground.button('New client').click();
  await playground.newClient.getByLabel('Host', { exact: true }).fill('<img/src=x/onerror=alert(1)>');
  await playground.newClient.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(playground.newClient.getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');
  await playground.filter.fill('"<img src=x onerror=alert(1)>"');
  await playground.filter.press('Enter');
  await expect(playground.traffic.getByRole('button', { name: /^Remove .*<img/ })).toBeVisible();
  expect(await foreignElements(page)).toEqual([]);
});
