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

/** Says the worst that a text of an event can say. */
const foul = 'x\u202egnp\u2066\u001b[2J\u009b\u200b<img src=x onerror=alert(1)>';
const foulEnd = (port: number) => ({ host: `10.0.0.1${foul}`, port });
/** Beside a payload no other address is read. */
const asciiEnd = (port: number) => ({ host: '10.0.0.1\u001b[2J\u007f<img src=x>', port });
const foulName = '\u202eTCP\u009b\u200b';

/** Every kind of event that carries a text, each with a foul one. */
const foulEvents = [
  { socket: 1, type: 'opened', family: 'inet', socketType: 'stream', label: foul },
  { socket: 1, type: 'bound', local: foulEnd(80) },
  { socket: 1, type: 'listening', local: foulEnd(80), backlog: 1 },
  { socket: 2, type: 'opened', family: 'inet', socketType: 'stream', label: foul },
  { socket: 2, type: 'resolved', host: foul, addresses: [{ host: foul, family: 'inet' }] },
  { socket: 2, type: 'connecting', remote: foulEnd(80) },
  { socket: 2, type: 'connected', local: foulEnd(5000), remote: foulEnd(80) },
  { socket: 3, type: 'opened', family: 'inet', socketType: 'stream', label: foul, listener: 1 },
  { socket: 3, type: 'accepted', listener: 1, local: foulEnd(80), remote: foulEnd(5000) },
  { socket: 2, type: 'sent', size: foul.length, data: Buffer.from(foul, 'latin1').toString('base64') },
  { socket: 4, type: 'opened', family: 'inet', socketType: 'dgram', label: null },
  { socket: 4, type: 'bound', local: foulEnd(53) },
  {
    socket: 4,
    type: 'option-set',
    option: 'addMembership',
    value: { group: '\u202e239.1.2.3', interface: '\u200b::1' },
  },
  { socket: 4, type: 'received', size: 1, data: 'YQ==', remote: asciiEnd(9) },
  { socket: 5, type: 'opened', family: 'inet', socketType: 'stream', label: null },
  { socket: 5, type: 'connecting', remote: foulEnd(81) },
  { socket: 5, type: 'failed', during: foul, code: foul, errno: null, message: foul, hint: foul },
  { socket: 5, type: 'closed' },
  {
    ...{ socket: null, type: 'segment', protocol: foulName, source: asciiEnd(1), destination: asciiEnd(2) },
    ...{ stream: 1, from: 'client', note: foulName, size: 1, data: 'YQ==' },
  },
  { socket: 2, type: 'failed', during: foul, code: foul, errno: null, message: foul, hint: foul },
];

test('a hostile recording is inert wherever it is shown', async ({ playground, page }) => {
  const lines = foulEvents.map((event, at) => JSON.stringify({ seq: at + 1, time: at * 1e6, ...event }));
  await playground.openFile({
    name: 'kept.jsonl',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(lines.join('\n')),
  });
  await expect(playground.log).toHaveAttribute('aria-rowcount', String(foulEvents.length + 1));
  const everything = async (where: string) => {
    expect(await unescaped(page), where).toEqual([]);
    expect(await foreignElements(page), where).toEqual([]);
  };
  await page.keyboard.press('Home');
  for (const socket of [1, 2, 3, 4, 5]) {
    await playground.selectSocket(socket);
    for (const tab of ['Conversation', 'Stream', 'Details', 'Code']) {
      const view = page.getByRole('tab', { name: tab, exact: true });
      await view.click();
      await expect(page.getByRole('tabpanel', { name: tab, exact: true })).not.toBeEmpty();
      await everything(`#${socket} ${tab}`);
    }
  }
  await playground.log.focus();
  await page.keyboard.press('Home');
  for (const { type } of foulEvents) {
    await everything(`row of ${type}`);
    await page.keyboard.press('ArrowDown');
  }
  for (const tab of ['Timeline', 'Graph']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expect(page.getByRole('tabpanel', { name: tab, exact: true })).not.toBeEmpty();
    await everything(tab);
  }
});
