import { serve, settle } from './agent.mjs';

/**
 * Two echo servers for streams: the agent's, recorded with a page attached and painting, and the bare one.
 *
 * @param {import('./stage.mjs').Stage} stage
 * @returns {Promise<{ recorded: number, bare: number, settled: () => Promise<void> }>} their ports; `settled` waits until
 *   the page has caught up
 */
export async function echoes(stage) {
  const agent = await stage.agent();
  const page = await stage.page(agent);
  const bare = await stage.bare('stream');
  const recorded = await serve(agent, 'stream', 'echo');
  return { recorded, bare: bare.port, settled: () => settle(page) };
}
