import { page, userEvent } from 'vitest/browser';
import type { Locator } from 'vitest/browser';
import { beforeEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import './lib/styles.ts';
import App from './App.svelte';
import { nowhere } from './lessons/testing/fake-agent.ts';
import { Whereabouts } from './lessons/whereabouts.svelte.ts';
import type { Link } from './link/link.ts';
import { FileLink } from './link/file/file-link.ts';
import { forgetful } from './store/kept/browser-storage.ts';
import { Library } from './store/library.svelte.ts';
import { playedLink } from './store/testing/played-link.ts';
import { Settings } from './store/kept/settings.svelte.ts';
import type { TrafficTab } from './store/kept/settings.svelte.ts';
import { haltId } from './views/halt.ts';
import { at, echoScene, numbered, opened as openedAs } from './store/testing/events.ts';
import type { Happening } from './store/testing/events.ts';

const opened = {
  seq: 1,
  time: 1,
  socket: 1,
  type: 'opened',
  family: 'inet',
  socketType: 'stream',
  label: null,
};
const file = new File([`${JSON.stringify(opened)}\n`], 'one.jsonl', { type: 'application/x-ndjson' });

const said = page.getByText('one.jsonl is shown.');

beforeEach(() => page.viewport(1280, 800));

async function start(traffic: TrafficTab = 'log', { link } = playedLink()) {
  const settings = new Settings(forgetful());
  settings.traffic = traffic;
  const library = new Library({
    ...{ link, kept: () => playedLink().link, file: (from) => new FileLink(from) },
    sessions: () => Promise.resolve({ is: 'sessions', sessions: [], running: null }),
    ...{ settings, session: forgetful() },
  });
  await render(App, { library, whereabouts: new Whereabouts(nowhere) });
  return library;
}

async function openFile() {
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(page.getByRole('button', { name: 'Open a file …' })).toHaveFocus();
  await userEvent.upload(page.getByLabelText('File of a session'), file);
}

it.each(['log', 'timeline', 'graph'] as const)(
  'whoever opens a recording goes on in its %s, and hears what is shown',
  async (traffic) => {
    await start(traffic);
    await openFile();
    const name = { log: 'Packet log', timeline: 'Timeline', graph: 'Graph' }[traffic];
    const place = page.getByRole(traffic === 'graph' ? 'group' : 'grid', { name, exact: true });
    await expect.element(place).toHaveFocus();
    await expect.element(said).toBeInTheDocument();
  },
);

it('that a recording is shown is said once, and not of what is shown afterwards', async () => {
  await start();
  await openFile();
  await expect.element(said).toBeInTheDocument();
  await page.getByRole('tab', { name: 'Live' }).click();
  await expect.element(said).not.toBeInTheDocument();
  await page.getByRole('tab', { name: 'one.jsonl' }).click();
  await expect.element(page.getByRole('tab', { name: 'one.jsonl' })).toHaveAttribute('aria-selected', 'true');
  await expect.element(said).not.toBeInTheDocument();
});

it('the same file opened again is said again, though in the same words', async () => {
  await start();
  await openFile();
  await expect.element(said).toBeInTheDocument();
  const words = () => [...said.element().childNodes].find(({ textContent }) => textContent !== '');
  const before = words();
  await openFile();
  await expect.element(page.getByRole('tab', { name: 'one.jsonl' }).nth(1)).toBeInTheDocument();
  await expect.poll(() => words() !== before).toBe(true);
  expect(words()?.textContent).toBe('one.jsonl is shown.');
});

/** An agent that does whatever it is asked, and the verbs it was asked for. */
function playedTelling() {
  const ran: string[] = [];
  const run: Link['run'] = ({ type }) => {
    ran.push(type);
    return Promise.resolve({ ok: true, result: {} });
  };
  return { played: playedLink({ run }), ran };
}

it('while the agent does not answer nothing commands it: each control stays, and says why', async () => {
  const { played, ran } = playedTelling();
  const library = await start('log', played);
  played.agent().status({ is: 'live' });
  played.agent().events(numbered(echoScene, 1));
  const press = async (names: readonly string[]) => {
    for (const name of names) {
      const button = page.getByRole('button', { name, exact: true });
      await expect.element(button).toHaveAccessibleDescription(/The agent does not answer/);
      await expect.element(button).toHaveAttribute('aria-disabled', 'true');
      (button.element() as HTMLElement).focus();
      await userEvent.keyboard('{Enter}');
      await expect.element(button).toHaveFocus();
    }
  };
  library.live.selection.selectSocket(2);
  await expect.element(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible();
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('kept');
  played.agent().status({ is: 'lost', retryInMs: 60_000 });
  await press(['New server', 'New client', 'Close all', 'Pause', 'End', 'Close', 'Reset', 'Send']);
  await expect.element(page.getByRole('textbox', { name: 'Message', exact: true })).toHaveValue('kept');
  library.live.selection.selectSocket(1);
  await press(['Connect a client', 'Close with its 1 connection']);
  await userEvent.keyboard('a');
  await expect.element(page.getByRole('region', { name: 'Notices' })).toHaveTextContent('does not answer');
  expect(ran).toEqual([]);
  played.agent().status({ is: 'live' });
  await page.getByRole('button', { name: 'New server', exact: true }).click();
  await expect.element(page.getByRole('dialog', { name: 'New server' })).toBeVisible();
  played.agent().status({ is: 'lost', retryInMs: 60_000 });
  await press(['Open server']);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  expect(ran.filter((type) => type !== 'resolve')).toEqual([]);
});

it('what commands it without a button of its own, or by a choice, says so in a note', async () => {
  const { played, ran } = playedTelling();
  const library = await start('log', played);
  const failure = {
    during: 'connect',
    code: 'ECONNREFUSED',
    errno: 111,
    message: 'Refused.',
    hint: 'Open one.',
  };
  const more: Happening[] = [
    { type: 'behaving', socket: 1, behaviour: { name: 'echo' } },
    openedAs(4),
    { type: 'connecting', socket: 4, remote: at(9) },
    { type: 'failed', socket: 4, ...failure },
  ];
  played.agent().status({ is: 'live' });
  played.agent().events(numbered([...echoScene, ...more], 1));
  library.live.selection.selectSocket(1);
  await page.getByRole('tab', { name: 'Details' }).click();
  const does = page.getByRole('combobox', { name: 'What it does by itself' });
  const once = page.getByRole('checkbox', { name: 'answer once, then close' });
  await expect.element(once).not.toBeChecked();
  played.agent().status({ is: 'lost', retryInMs: 60_000 });
  const notices = page.getByRole('region', { name: 'Notices' });
  const note = notices.getByRole('status');
  /** Each is said anew, and never as trouble. */
  const isSaid = async () => {
    await expect.element(note.last()).toHaveTextContent('does not answer');
    await expect.element(notices.getByText('link-lost')).not.toBeInTheDocument();
    await note.last().getByRole('button', { name: 'Dismiss' }).click();
    await expect.element(note).not.toBeInTheDocument();
  };
  for (const control of [does, once]) {
    await expect.element(control).toHaveAttribute('aria-disabled', 'true');
    await expect.element(control).toHaveAccessibleDescription(/The agent does not answer/);
  }
  const focus = (control: Locator) => (control.element() as HTMLElement).focus();
  focus(does);
  await userEvent.keyboard('u');
  await isSaid();
  await expect.element(does).toHaveValue('echo');
  focus(once);
  await userEvent.keyboard(' ');
  await isSaid();
  await expect.element(once).not.toBeChecked();
  const card = page.getByRole('button', { name: /^#2 / });
  focus(card);
  await userEvent.keyboard('{Delete}');
  await expect.element(card).toHaveFocus();
  await isSaid();
  await userEvent.keyboard('{Control>}k{/Control}');
  await page.getByRole('combobox', { name: 'Find or do' }).fill('Close #2');
  await userEvent.keyboard('{Enter}');
  await isSaid();
  await page.getByRole('button', { name: 'Open a server there' }).click();
  await isSaid();
  await expect.element(page.getByRole('dialog', { name: 'New server' })).not.toBeInTheDocument();
  expect(ran).toEqual([]);
});

it('why nothing can be commanded stands in a landmark of the page', async () => {
  const played = playedLink();
  await start('log', played);
  played.agent().status({ is: 'live' });
  played.agent().status({ is: 'lost', retryInMs: 60_000 });
  await expect.poll(() => document.getElementById(haltId)?.textContent).toContain('does not answer');
  expect(document.getElementById(haltId)?.closest('main')).not.toBeNull();
});

it('while the agent does not answer Welcome offers nothing, and takes the focus from nobody', async () => {
  const played = playedLink();
  await start('log', played);
  const ways = ['Open an echo server', 'Connect a client'].map((name) => page.getByRole('button', { name }));
  for (const way of ways) await expect.element(way).toBeEnabled();
  const [first] = ways;
  if (first?.element() instanceof HTMLElement) first.element().focus();
  for (const status of [{ is: 'lost', retryInMs: 60_000 }, { is: 'refused' }] as const) {
    played.agent().status(status);
    for (const way of ways) await expect.element(way).toHaveAttribute('aria-disabled', 'true');
    expect(document.activeElement).toBe(first?.element());
    await expect.element(page.getByRole('region', { name: 'Connection' })).not.toHaveTextContent('sockets');
    played.agent().status({ is: 'live' });
    for (const way of ways) await expect.element(way).toBeEnabled();
  }
});

it('the focus goes on in the log when the banner goes that had it', async () => {
  const played = playedLink();
  await start('log', played);
  played.agent().status({ is: 'lost', retryInMs: 60_000 });
  const retry = page.getByRole('button', { name: 'Try now' });
  await expect.element(retry).toBeVisible();
  (retry.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  played.agent().status({ is: 'live' });
  await expect.element(retry).not.toBeInTheDocument();
  await expect.element(page.getByRole('grid', { name: 'Packet log' })).toHaveFocus();
});
