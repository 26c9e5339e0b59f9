/** The form New server: from its fields to a server that answers. */
import { expect, test } from './fixtures.ts';

test('an echo server opened from the form talks to the page', async ({ playground }) => {
  await playground.button('New server').click();
  await playground.fillServer({ protocol: 'TCP', behaviour: 'echo', host: '127.0.0.1', port: 0 });
  await playground.button('Open server').click();
  await expect(playground.newServer).toBeHidden();
  await expect(playground.card(1, 'echo server.*listening')).toHaveAttribute('aria-current', 'true');

  await playground.conversation.getByRole('button', { name: 'Connect a client', exact: true }).click();
  await playground.say('hello');
  await expect(playground.rows(/#2.*received\s*hello/)).toBeVisible();
});

test('a UDP server is told by its datagrams', async ({ playground, agent }) => {
  await playground.button('New server').click();
  await playground.fillServer({ protocol: 'UDP', behaviour: 'upper', port: 0 });
  await playground.button('Open server').click();
  const server = playground.card(1, 'upper server.*bound');
  await expect(server).toBeVisible();
  await expect(server).toContainText('UDP');

  const port = Number(/:(\d+)/.exec(await server.innerText())?.[1]);
  await agent.dial(port, { socketType: 'dgram' });
  await playground.selectSocket(2);
  await playground.say('shout');
  await expect(playground.rows(/#2.*received\s*SHOUT/)).toBeVisible();
});

const tcp = 'none echo ok welcome collect upper chat http daytime time chargen discard reset'.split(' ');
const udp = new Set('none echo ok upper daytime time chargen discard'.split(' '));

test('every behaviour is offered for TCP, and for UDP those that make sense', async ({ playground }) => {
  await playground.button('New server').click();
  const choices = playground.newServer
    .getByRole('radiogroup', { name: 'Behaviour', exact: true })
    .getByRole('radio');
  await expect(choices).toHaveCount(tcp.length);
  for (const name of tcp) await expect(choices.and(named(name))).toBeEnabled();

  await playground.fillServer({ protocol: 'UDP' });
  for (const name of tcp) await expect(choices.and(named(name))).toBeEnabled({ enabled: udp.has(name) });

  function named(name: string) {
    return playground.page.getByRole('radio', { name, exact: true });
  }
});

test('a behaviour that UDP cannot have gives way when the protocol changes', async ({ playground }) => {
  await playground.button('New server').click();
  await playground.fillServer({ behaviour: 'http' });
  await playground.fillServer({ protocol: 'UDP' });
  await expect(playground.newServer.getByRole('radio', { name: 'echo', exact: true })).toBeChecked();
  await expect(playground.button('Open server')).toBeEnabled();
});

test('the form shows the calls it will make', async ({ playground }) => {
  await playground.button('New server').click();
  const calls = playground.newServer
    .getByRole('list', { name: 'These calls will run', exact: true })
    .getByRole('listitem');
  await playground.fillServer({ host: '127.0.0.1', port: 4321 });
  await expect(calls).toHaveText(['socket(AF_INET, SOCK_STREAM)', 'bind("127.0.0.1", 4321)', 'listen(511)']);
  await playground.fillServer({ protocol: 'UDP', host: '::1' });
  await expect(calls).toHaveText(['socket(AF_INET6, SOCK_DGRAM)', 'bind("::1", 4321)']);
});

test('Escape closes the form, gives the focus back, and keeps what was entered', async ({
  playground,
  page,
}) => {
  await playground.button('New server').click();
  await playground.fillServer({ port: 4321 });
  await page.keyboard.press('Escape');
  await expect(playground.newServer).toBeHidden();
  await expect(playground.button('New server')).toBeFocused();
  await playground.button('New server').click();
  await expect(playground.newServer.getByLabel('Port', { exact: true })).toHaveValue('4321');
});
