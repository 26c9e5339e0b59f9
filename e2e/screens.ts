/** Every screen of the page, one after the other, for what must hold on all of them. */
import { expect } from '@playwright/test';
import { freePort } from '../scripts/lib/free-port.mjs';
import type { Agent } from './agent.ts';
import { LessonPane } from './lesson-pane.ts';
import type { Outside } from './outside.ts';
import type { Playground } from './playground.ts';

interface World {
  readonly playground: Playground;
  readonly agent: Agent;
  readonly outside: Outside;
}

interface Screen {
  readonly name: string;
  readonly show: (world: World) => Promise<void>;
}

const escape = ({ page }: Playground) => page.keyboard.press('Escape');

const recorded = (name: string, text: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text),
});
const recordedEvents = [
  { type: 'opened', family: 'inet', socketType: 'stream', label: null },
  { type: 'bound', local: { host: '127.0.0.1', port: 8888 } },
  { type: 'listening', local: { host: '127.0.0.1', port: 8888 }, backlog: 128 },
]
  .map((event, index) => `${JSON.stringify({ seq: index + 1, time: index, socket: 1, ...event })}\n`)
  .join('');

/** In order: each begins where the one before it ended. */
const screens: readonly Screen[] = [
  {
    name: 'first run',
    show: async ({ playground }) => expect(playground.button('New server')).toBeVisible(),
  },
  {
    name: 'New server',
    show: async ({ playground }) => {
      await playground.button('New server').click();
      await playground.newServer.getByText('Advanced', { exact: true }).click();
    },
  },
  {
    name: 'a problem in the form',
    show: async ({ playground, agent }) => {
      await playground.fillServer({ port: agent.ready.port });
      await playground.button('Open server').click();
      await expect(playground.newServer.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'New server for UDP',
    show: async ({ playground }) => {
      await playground.fillServer({ protocol: 'UDP', port: 0 });
      await expect(playground.newServer.getByText('allow broadcast')).toBeVisible();
    },
  },
  {
    name: 'a datagram server',
    show: async ({ playground }) => {
      await playground.button('Open server').click();
      await expect(playground.sendTo).toBeVisible();
    },
  },
  {
    name: 'a listener with connections',
    show: async ({ playground, agent, outside }) => {
      const { socket, port } = await agent.serve();
      await outside.client(port);
      await agent.dial(port);
      await playground.selectSocket(socket);
      await expect(playground.conversation).toContainText('Accepted');
    },
  },
  {
    name: 'a listener that accepts one by one',
    show: async ({ playground, agent, outside }) => {
      const { socket, port } = await agent.serve({ accept: 'manual', backlog: 2 });
      await outside.client(port);
      await playground.selectSocket(socket);
      await expect(playground.button('Accept')).toBeVisible();
    },
  },
  {
    name: 'a connection with traffic and its bytes',
    show: async ({ playground, agent, outside }) => {
      await expect(agent.dial(await freePort())).rejects.toThrow('ECONNREFUSED');
      const { socket, port } = await agent.serve();
      const client = await outside.client(port);
      client.send(Uint8Array.from({ length: 600 }, (_, index) => index));
      await playground.selectSocket(socket + 1);
      await expect(playground.conversation).toContainText('show all 600 bytes');
      await playground.rows(new RegExp(`#${socket + 1}.*received`)).click();
      await expect(playground.dump).toBeVisible();
    },
  },
  {
    name: 'details',
    show: async ({ playground }) => {
      await playground.page.getByRole('tab', { name: 'Details', exact: true }).click();
      await expect(playground.page.getByRole('heading', { name: 'Options' })).toBeVisible();
    },
  },
  {
    name: 'code',
    show: async ({ playground }) => {
      await playground.page.getByRole('tab', { name: 'Code', exact: true }).click();
      await expect(playground.page.getByRole('option', { name: /conn\.recv/ })).toBeVisible();
    },
  },
  {
    name: 'what can be typed into the filter',
    show: async ({ playground }) => {
      await playground.filter.focus();
      await expect(playground.traffic.getByRole('group', { name: 'Examples', exact: true })).toBeVisible();
    },
  },
  {
    name: 'hex typed as text',
    show: async ({ playground }) => {
      await playground.filter.fill('de ad be ef');
      await expect(playground.button('hex de ad be ef searches for those bytes')).toBeVisible();
    },
  },
  {
    name: 'a filter that matches nothing',
    show: async ({ playground }) => {
      await playground.filter.fill('nowhere');
      await expect(playground.button('Remove the filter')).toBeVisible();
    },
  },
  {
    name: 'the palette',
    show: async ({ playground }) => {
      await playground.filter.fill('');
      await playground.button('Find or do').click();
      const palette = playground.page.getByRole('combobox', { name: 'Find or do', exact: true });
      await expect(palette).toBeFocused();
    },
  },
  {
    name: 'the keys',
    show: async ({ playground }) => {
      await escape(playground);
      // On a phone there is no button for it.
      await playground.page.keyboard.press('?');
      await expect(playground.page.getByRole('dialog', { name: 'Keys', exact: true })).toBeVisible();
    },
  },
  {
    name: 'the list of lessons',
    show: async ({ playground }) => {
      await escape(playground);
      await playground.page.getByRole('tab', { name: 'Lessons', exact: true }).click();
      await expect(playground.button('Export progress')).toBeVisible();
    },
  },
  {
    name: 'a lesson with a wrong attempt',
    show: async ({ playground }) => {
      const lesson = new LessonPane(playground.page);
      await lesson.goTo('#lesson/tcp-server/echo');
      await lesson.isOpen('Go to the wall');
      await lesson.solve();
      await lesson.isOpen('Say one word');
      await playground.say('wrong');
      await expect(lesson.current).toContainText('Hint 1 of 3');
    },
  },
  {
    name: 'New client',
    show: async ({ playground }) => {
      await playground.page.getByRole('tab', { name: 'Sockets', exact: true }).click();
      await playground.button('New client').click();
      await expect(playground.newClient).toBeVisible();
    },
  },
  {
    name: 'the forms to save in',
    show: async ({ playground }) => {
      await escape(playground);
      await playground.button('Save').click();
      await expect(playground.page.getByRole('menuitem', { name: 'CSV', exact: true })).toBeVisible();
    },
  },
  {
    name: 'sessions to open',
    show: async ({ playground }) => {
      await escape(playground);
      await playground.button('Open').click();
      await expect(playground.sessions.getByText('this is what you see live')).toBeVisible();
    },
  },
  {
    name: 'a recording',
    show: async ({ playground }) => {
      await escape(playground);
      await playground.openFile(recorded('a recording with a long name of its own.jsonl', recordedEvents));
      await expect(playground.lamp).toHaveText('recording');
      await playground.selectSocket(1);
    },
  },
  {
    name: 'a file that is refused',
    show: async ({ playground }) => {
      await playground.openFile(recorded('foreign.session', 'nothing of ours'));
      await expect(playground.lamp).toHaveText('cannot be read');
    },
  },
  {
    name: 'no room for one more recording',
    show: async ({ playground }) => {
      await playground.openFile(recorded('third.jsonl', recordedEvents));
      await playground.openFile(recorded('fourth.jsonl', recordedEvents));
      await playground.button('Open').click();
      await expect(playground.sessions.getByText('4 recordings are open.')).toBeVisible();
    },
  },
  {
    name: 'without its agent',
    show: async ({ playground, agent }) => {
      await escape(playground);
      await playground.tab('Live').click();
      await playground.whole();
      await agent.stop('SIGKILL');
      await expect(playground.button('Try now')).toBeVisible();
    },
  },
];

/** Shows every screen and asks `check` about each. */
export async function onEveryScreen(world: World, check: (name: string) => Promise<void>): Promise<void> {
  for (const { name, show } of screens) {
    await show(world);
    await check(name);
  }
}
