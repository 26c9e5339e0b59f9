/**
 * What every story starts with: an agent of its own, the page opened at its link, and programs outside.
 * A test fails when its pages report an error, break the content security policy, or ask anybody but the agent.
 */
import { test as base, expect } from '@playwright/test';
import type { BrowserContext } from '@playwright/test';
import { makeTempFolder } from '../scripts/lib/temp-folder.mjs';
import { startRealAgent } from './agent.ts';
import type { Agent } from './agent.ts';
import { Outside } from './outside.ts';
import { Playground } from './playground.ts';

/** What a browser reports when the agent is not there: its link, or a payload that was asked for. */
export const noLink = /WebSocket connection|ERR_CONNECTION_REFUSED/;

/** Troubles of the pages so far; a story that makes one on purpose says which. */
class Troubles {
  readonly #found: string[] = [];
  readonly #meant: RegExp[] = [];

  add(trouble: string): void {
    this.#found.push(trouble);
  }

  /** These are part of the story. */
  expect(pattern: RegExp): void {
    this.#meant.push(pattern);
  }

  get unexpected(): readonly string[] {
    return this.#found.filter((trouble) => !this.#meant.some((pattern) => pattern.test(trouble)));
  }
}

interface Fixtures {
  /** The folder where the agent keeps its sessions. */
  readonly data: string;
  readonly agent: Agent;
  readonly outside: Outside;
  readonly troubles: Troubles;
  /** The page at the agent's link, connected. */
  readonly playground: Playground;
  /** One more tab of the same browser, connected. */
  readonly secondTab: Playground;
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  data: async ({}, use) => {
    const { path, remove } = makeTempFolder();
    await use(path);
    remove();
  },
  agent: async ({ data }, use) => {
    const agent = await startRealAgent({ data });
    await use(agent);
    await agent.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  outside: async ({}, use) => {
    const outside = new Outside();
    await use(outside);
    outside.close();
  },
  troubles: [
    async ({ context, agent }, use) => {
      const troubles = new Troubles();
      watch(context, agent.origin, troubles);
      await use(troubles);
      expect(troubles.unexpected, 'errors, violations and foreign requests of the pages').toEqual([]);
    },
    { auto: true },
  ],
  playground: async ({ page, agent }, use) => {
    const playground = new Playground(page);
    await playground.open(agent.ready.url);
    await use(playground);
  },
  secondTab: async ({ context, agent, playground: _first }, use) => {
    const tab = new Playground(await context.newPage());
    await tab.open(agent.ready.url);
    await use(tab);
  },
});

export { expect } from '@playwright/test';

function watch(context: BrowserContext, origin: string, troubles: Troubles): void {
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      troubles.add(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => troubles.add(`error: ${error.error().message}`));
  context.on('dialog', (dialog) => {
    troubles.add(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol.startsWith('http')) troubles.add(`foreign request: ${request.url()}`);
  });
}
