/** The newcomer's minute: open a server, connect, send, find the bytes. */
import { expect, test } from './fixtures.ts';

test('a newcomer opens an echo server, connects, sends and finds the bytes in hex', async ({
  playground,
  page,
}) => {
  const socket = (says: RegExp) => playground.sockets.getByRole('button', { name: says });
  await playground.button('Open an echo server').click();
  await expect(socket(/echo server.*listening/s)).toBeVisible();

  await playground.button('Connect a client').click();
  await expect(socket(/client of #.*connected/s)).toBeVisible();
  await expect(socket(/from #.*connected/s)).toBeVisible();

  await playground.say('happy');
  await expect(playground.rows(/received\s*happy/)).toHaveCount(2);
  await expect(playground.conversation).toContainText(String.raw`happy\n`);

  await playground
    .rows(/received\s*happy/)
    .last()
    .click();
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
