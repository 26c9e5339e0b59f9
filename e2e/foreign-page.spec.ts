/** A page of somebody else, on another port of this computer: it cannot drive the agent, read it, or frame it. */
import { expect, test } from './fixtures.ts';

test('it can neither open the link, nor read the API, nor frame the page', async ({
  agent,
  outside,
  context,
  troubles,
}) => {
  // The foreign page is foreign, and the browser reports each refusal.
  troubles.expect(/./);
  const page = await context.newPage();
  await page.goto(await outside.website('<!doctype html><title>Elsewhere</title>'));
  const { origin, ready } = agent;

  const link = await page.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve('open');
        socket.onclose = ({ code }) => resolve(`closed ${code}`);
      }),
    `ws://127.0.0.1:${ready.port}/ws`,
  );
  expect(link).toBe('closed 1006');

  // Even a page that learned the token.
  const ask = (path: string, headers: Record<string, string>) =>
    page.evaluate(
      ([url, sent]) =>
        fetch(url, { headers: sent }).then(
          (answer) => `read ${answer.status}`,
          () => 'refused',
        ),
      [origin + path, headers] as const,
    );
  expect(await ask('/api/sockets', { authorization: `Bearer ${ready.token}` })).toBe('refused');
  expect(await ask('/api/events', {})).toBe('refused');
  expect(await ask('/', {})).toBe('refused');

  const posted = await page.evaluate(
    (url) =>
      fetch(url, {
        method: 'POST',
        mode: 'no-cors',
        body: '{"type":"serve","socketType":"stream","host":"127.0.0.1","port":0}',
      }).then(
        ({ type }) => type,
        () => 'refused',
      ),
    `${origin}/api/commands`,
  );
  expect(['opaque', 'refused']).toContain(posted);
  const { socket } = await agent.serve();
  expect(socket, 'nothing was opened before').toBe(1);

  await page.evaluate((url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
  }, ready.url);
  await expect
    .poll(() => page.frames().map((frame) => frame.url()))
    .toContain('chrome-error://chromewebdata/');
  await expect(page.frameLocator('iframe').getByRole('button', { name: 'New server' })).toHaveCount(0);
});
