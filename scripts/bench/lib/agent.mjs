import { until } from './stage.mjs';

/**
 * @typedef {import('./stage.mjs').Agent} Agent
 * @typedef {import('./stage.mjs').Page} Page
 */

/**
 * @param {Agent} agent
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
export async function ask(agent, path, init = {}) {
  const response = await fetch(new URL(path, agent.origin), {
    ...init,
    headers: { authorization: `Bearer ${agent.ready.token}` },
  });
  if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
  return response;
}

/**
 * @param {Agent} agent
 * @param {'stream' | 'dgram'} socketType
 * @param {string} name of the behaviour
 * @returns {Promise<number>} the port
 */
export async function serve(agent, socketType, name) {
  const command = { type: 'serve', socketType, host: '127.0.0.1', port: 0, behaviour: { name } };
  const response = await ask(agent, '/api/commands', { method: 'POST', body: JSON.stringify(command) });
  const { result } = /** @type {{ result: { local: { port: number } } }} */ (await response.json());
  return result.local.port;
}

/**
 * @param {Agent} agent
 * @param {number} port of an open datagram socket
 * @returns {Promise<number>} how many `received` of it the journal has
 */
export async function journalled(agent, port) {
  /** @typedef {{ local: { port: number } | null, eventsReceived: number }} Summary */
  const { sockets } = /** @type {{ sockets: Summary[] }} */ (await (await ask(agent, '/api/sockets')).json());
  return sockets.find(({ local }) => local?.port === port)?.eventsReceived ?? NaN;
}

/** How many events the page says it has. @param {Page} page */
export async function eventsIn(page) {
  const words = await page.getByRole('banner').innerText();
  return Number((/([\d,.]+) events?\b/.exec(words)?.[1] ?? '0').replaceAll(/\D/g, ''));
}

/** Gaps the page was told of. @param {Page} page @returns {Promise<number>} */
export const gapsIn = (page) => page.evaluate('window.seen.gaps');

/** Waits until the page has shown all there is, so that the next sample meets a machine at rest. @param {Page} page */
export const settle = (page) => atRest(() => eventsIn(page), 'the page to catch up');

/**
 * Waits until no more datagrams arrive.
 *
 * @param {Agent} agent
 * @param {number} port
 * @returns {Promise<number>} how many the journal has then: under load not all that were sent
 */
export async function allJournalled(agent, port) {
  await atRest(() => journalled(agent, port), 'the journal');
  return journalled(agent, port);
}

/**
 * @param {() => Promise<number>} count
 * @param {string} what
 */
async function atRest(count, what) {
  // In a flood the page brings what it counts up to date once a second, or a little less often.
  const enough = 60;
  let [last, same] = [NaN, 0];
  await until(async () => {
    const now = await count();
    same = now === last ? same + 1 : 0;
    last = now;
    return same >= enough;
  }, what);
}
