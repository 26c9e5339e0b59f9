/** The composer: what is typed, what goes, and what the other program gets. */
import type { Agent } from './agent.ts';
import { expect, test } from './fixtures.ts';
import type { Outside, OutsideClient } from './outside.ts';
import type { Playground } from './playground.ts';

interface Scene {
  readonly playground: Playground;
  readonly agent: Agent;
  readonly outside: Outside;
}

/** An outside client that the person at the page answers. */
async function answering({ playground, agent, outside }: Scene): Promise<OutsideClient> {
  const { port } = await agent.serve({ behaviour: 'none' });
  const client = await outside.client(port);
  await playground.selectSocket(2);
  return client;
}

const radio = (playground: Playground, name: string) =>
  playground.page.getByRole('radio', { name, exact: true });

test('escapes become bytes, and hex is kept in step', async ({ playground, agent, outside }) => {
  const client = await answering({ playground, agent, outside });
  await radio(playground, 'nothing').click();
  await playground.message.fill(String.raw`a\tb\x00\\`);
  await expect(playground.message).toHaveAccessibleDescription(/61 09 62 00 5c\s*= 5 bytes/);
  await radio(playground, 'Hex').click();
  await expect(playground.message).toHaveValue('61 09 62 00 5c');

  await playground.message.fill('0x48,0x65:6c 6c\t6F');
  await radio(playground, 'Text').click();
  await expect(playground.message).toHaveValue('Hello');
  await playground.button('Send').click();
  await expect.poll(() => client.text).toBe('Hello');
});

test('a bad escape is pointed out, and nothing is sent', async ({ playground, agent, outside }) => {
  const client = await answering({ playground, agent, outside });
  await playground.message.fill(String.raw`tab\q`);
  await expect(playground.message).toHaveAttribute('aria-invalid', 'true');
  await expect(playground.message).toHaveAccessibleDescription(
    String.raw`"\q" at character 4 is no escape; there are \n \r \t \0 \xNN and \\.`,
  );
  await playground.button('Send').click();
  await expect(playground.message).toBeFocused();
  await expect(playground.message).toHaveValue(String.raw`tab\q`);

  await playground.say(String.raw`tab\t`);
  await expect.poll(() => client.text).toBe('tab\t\n');
});

test('appends nothing, LF or CR LF, and remembers which for text and for hex', async ({
  playground,
  agent,
  outside,
  page,
}) => {
  const client = await answering({ playground, agent, outside });
  for (const ending of ['nothing', 'LF', 'CR LF']) {
    await radio(playground, ending).click();
    await playground.say('x');
  }
  await expect.poll(() => client.text).toBe('xx\nx\r\n');
  await page.reload();
  await expect(radio(playground, 'CR LF')).toBeChecked();
  await radio(playground, 'Hex').click();
  await expect(radio(playground, 'nothing')).toBeChecked();
  await radio(playground, 'Text').click();
  await expect(radio(playground, 'CR LF')).toBeChecked();
});

test('earlier messages come back with the arrow keys', async ({ playground, agent, outside, page }) => {
  await answering({ playground, agent, outside });
  for (const text of ['one', 'two']) await playground.say(text);
  await playground.message.fill('draft');
  for (const [key, value] of [
    ['ArrowUp', 'two'],
    ['ArrowUp', 'one'],
    ['ArrowDown', 'two'],
    ['ArrowDown', 'draft'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(playground.message).toHaveValue(value);
  }
});

test('after End nothing can be sent, it says why, and it still receives', async ({
  playground,
  agent,
  outside,
}) => {
  const client = await answering({ playground, agent, outside });
  client.socket.allowHalfOpen = true;
  await playground.button('End').click();
  await expect(playground.card(2, 'half-closed.*FIN sent. This side may still receive')).toBeVisible();
  await expect(playground.message).toBeDisabled();
  await expect(playground.button('Send')).toBeDisabled();
  await expect(playground.message).toHaveAccessibleDescription(
    '#2 has sent FIN. It can still receive, but not send.',
  );
  client.send('still here');
  await expect(playground.rows(/#2.*received\s*still here/)).toBeVisible();
});

test('a large paste of many lines goes as it is', async ({ playground, agent, outside, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const client = await answering({ playground, agent, outside });
  const text = 'forty-nine characters and a line feed behind them\n'.repeat(1000);
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await radio(playground, 'nothing').click();
  await playground.message.press('ControlOrMeta+V');
  await expect(playground.message).toHaveAccessibleDescription(/= 50,000 bytes/);
  await playground.button('Send').click();
  await expect.poll(() => client.size).toBe(50_000);
  expect(client.text).toBe(text);
});

test('an empty message is nothing on a stream', async ({ playground, agent, outside }) => {
  await answering({ playground, agent, outside });
  await radio(playground, 'nothing').click();
  await expect(playground.message).toHaveAccessibleDescription(/0 bytes.*a stream carries only bytes/);
  await playground.button('Send').click();
  await expect(playground.message).toHaveAccessibleDescription(/an empty message would be nothing/);
  await expect(playground.rows(/#2.*sent/)).toHaveCount(0);
});

test('the bytes of a file go as they are, in as many pieces as it takes', async ({
  playground,
  agent,
  outside,
  page,
}) => {
  const client = await answering({ playground, agent, outside });
  const bytes = Buffer.from(Uint8Array.from({ length: 1_300_000 }, (_, index) => (index * 31) % 256));
  await page
    .getByLabel('File whose bytes go')
    .setInputFiles({ name: 'firmware.bin', mimeType: 'application/octet-stream', buffer: bytes });
  await expect(page.getByText('= 1,300,000 bytes')).toBeVisible();
  await playground.button('Send').click();
  await expect(playground.message).toBeVisible();
  await expect.poll(() => client.size).toBe(bytes.length);
  expect(client.bytes.equals(bytes)).toBe(true);
});

test('a message goes again and again, also while another socket is looked at', async ({
  playground,
  agent,
  outside,
  page,
}) => {
  const client = await answering({ playground, agent, outside });
  await playground.message.fill('tick');
  await playground.button('Repeat').click();
  await page.getByRole('textbox', { name: 'Seconds from one to the next', exact: true }).fill('0.05');
  await playground.button('Send').click();
  await expect.poll(() => client.text).toMatch(/^(tick\n){3,}$/);
  await playground.selectSocket(1);
  await expect(playground.button('Stop')).toBeHidden();
  const before = client.text.length;
  await expect.poll(() => client.text.length).toBeGreaterThan(before + 10);

  await playground.selectSocket(2);
  await playground.button('Stop').click();
  await expect(playground.message).toHaveAccessibleDescription(/^Sent \d+ times\.$/);
  await playground.button('Repeat').click();
  await playground.say('last');
  await expect.poll(() => client.text).toMatch(/^(tick\n)+last\n$/);
});
