import { once } from 'node:events';
import net from 'node:net';

const host = '127.0.0.1';

/**
 * @typedef {{ socket: number, local: { port: number } }} Opened
 * @typedef {import('../lib/agent-process.mjs').AgentProcess} Agent
 */

/**
 * @param {Agent} agent
 * @param {object} command
 * @returns {Promise<Opened | null>} null when it was refused
 */
async function run(agent, command) {
  const response = await fetch(`${agent.origin}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.ready.token}` },
    body: JSON.stringify(command),
  });
  const outcome = /** @type {{ result?: Opened }} */ (await response.json());
  return outcome.result ?? null;
}

/**
 * Opens a server at its usual port, or at any free one.
 *
 * @param {Agent} agent
 * @param {'stream' | 'dgram'} socketType
 * @param {string} name
 * @param {number} port
 */
async function serve(agent, socketType, name, port) {
  const command = { type: 'serve', socketType, host, behaviour: { name } };
  const opened = (await run(agent, { ...command, port })) ?? (await run(agent, { ...command, port: 0 }));
  if (opened === null) throw new Error(`No ${name} server could be opened.`);
  return opened.local.port;
}

/**
 * An echo server (#1) with a client of ours (#2) and one from outside, a datagram server, and a call that nobody answers.
 *
 * @param {Agent} agent
 */
export async function playScene(agent) {
  const port = await serve(agent, 'stream', 'echo', 8888);
  const client = await run(agent, { type: 'dial', socketType: 'stream', host, port });
  const socket = client?.socket ?? 0;
  /** @param {string} text */
  const say = (text) => run(agent, { type: 'send', socket, data: { text } });
  await say('happy\n');
  await visit(port, 'hello from outside\n');
  await serve(agent, 'dgram', 'ok', 9999);
  for (const word of ['one', 'two', 'three']) await say(word);
  await run(agent, { type: 'dial', socketType: 'stream', host, port: 9 });
  await say('{"device":"otter-7","temp_c":21.4,"note":"déjà vu"}\n');
}

/**
 * A program that is not ours: it says something, hears it back and leaves.
 *
 * @param {number} port
 * @param {string} text
 */
async function visit(port, text) {
  const visitor = net.connect(port, host);
  visitor.write(text);
  await once(visitor, 'data');
  visitor.end();
  await once(visitor, 'close');
}
