/** The newcomer's minute: open a server, connect, send, find the bytes. */
import { expect, test } from './fixtures.ts';

test('a newcomer opens an echo server, connects, sends and finds the bytes in hex', async ({
  playground,
  page,
}) => {
  await playground.button('Open an echo server').click();
  await expect(playground.card(1, 'echo server.*listening')).toBeVisible();

  await playground.button('Connect a client').click();
  await expect(playground.card(2, 'client.*of #1.*connected')).toBeVisible();
  await expect(playground.card(3, 'from #2.*connected')).toBeVisible();

  await playground.say('happy');
  const back = playground.rows(/#2.*received\s*happy/);
  await expect(back).toHaveCount(1);
  await expect(playground.conversation).toContainText(String.raw`happy\n`);

  await back.click();
  await expect(playground.bytes).toContainText('68 61 70 70 79 0a');
  await expect(playground.bytes).toContainText('happy');
  await expect(playground.bytes).toContainText('one line of text, ASCII, ends with LF');
  await expect(page).toHaveTitle(/Socket Playground/);
});

test('the first screen says what it is and shows an example that is tagged as one', async ({
  playground,
}) => {
  await expect(
    playground.page.getByRole('heading', { name: 'Two programs, one stream of bytes' }),
  ).toBeVisible();
  await expect(playground.sockets).toContainText('Nothing is open.');
  await expect(playground.traffic).toContainText('example');
  await expect(playground.log.getByRole('row')).toHaveCount(1);
});
