import { page, userEvent } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../lib/styles.ts';
import type { Recording, SessionInfo, SessionList } from '../../store/library.svelte.ts';
import Sessions from './Sessions.svelte';

const nowMs = new Date(2026, 10, 26, 12, 30).getTime();
const session = (index: number, complete = true): SessionInfo => ({
  id: `session-${index}`,
  epoch: `epoch-${index}`,
  started: new Date(nowMs - index * 3_600_000).toISOString(),
  events: 100 * index,
  bytes: 4096,
  complete,
});
const sessions = (count: number) => Array.from({ length: count }, (_, index) => session(index));
const listed = (count: number): SessionList => ({
  is: 'sessions',
  sessions: sessions(count),
  running: 'session-0',
});
type Shown = Pick<Recording, 'key' | 'name' | 'id'>;

interface Given {
  readonly answers: readonly (SessionList | Promise<SessionList>)[];
  readonly inMemory?: boolean;
  readonly recordings?: readonly Shown[];
}

async function show({ answers, inMemory = false, recordings = [] }: Given) {
  const did: unknown[] = [];
  let asked = 0;
  let open = $state.raw(recordings);
  await render(Sessions, {
    list: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)]!),
    inMemory,
    get recordings() {
      return open as readonly Recording[];
    },
    get isFull() {
      return open.length >= 2;
    },
    now: () => nowMs,
    onopen: (info: SessionInfo) => did.push(['open', info.id]),
    onfile: (file: File) => did.push(['file', file.name]),
    onfree: ({ key }: Recording) => {
      did.push(['free', key]);
      open = open.filter((recording) => recording.key !== key);
    },
    onclose: () => did.push(['close']),
  });
  return did;
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const rows = page.getByRole('list', { name: 'Kept sessions' }).getByRole('button');

describe('the dialog Open', () => {
  it('says that it is looking', async () => {
    await show({ answers: [new Promise<SessionList>(() => undefined)] });
    await expect.element(page.getByText('Looking for kept sessions …')).toBeVisible();
  });

  it('opens a session with one click, and never the one that is shown live', async () => {
    const did = await show({ answers: [listed(3)] });
    await expect.element(rows.first()).toHaveTextContent('this is what you see live');
    await rows.first().click({ force: true });
    expect(did).toEqual([]);
    await rows.nth(2).click();
    expect(did).toEqual([['open', 'session-2']]);
  });

  it('is one stop for Tab; arrows walk and Enter opens', async () => {
    const did = await show({ answers: [listed(3)] });
    await expect.element(rows.first()).toBeVisible();
    (rows.first().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(did).toEqual([['open', 'session-2']]);
    expect(document.querySelectorAll('ul [tabindex="0"]')).toHaveLength(1);
  });

  it('has the focus where Enter does what most came for', async () => {
    const did = await show({ answers: [listed(3)] });
    await expect.element(button('Open the session before: 11:30, 100 events')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(did).toEqual([['open', 'session-1']]);
  });

  it('has it on the file picker where no session can be opened', async () => {
    await show({ answers: [listed(1)] });
    await expect.element(button('Open a file …')).toHaveFocus();
  });

  it('leaves it to whoever went elsewhere meanwhile', async () => {
    let answer: (list: SessionList) => void = () => undefined;
    await show({ answers: [new Promise((resolve) => (answer = resolve))] });
    await expect.element(page.getByText('Looking for kept sessions …')).toBeVisible();
    await userEvent.keyboard('{Tab}');
    answer(listed(3));
    await expect.element(rows.first()).toBeVisible();
    await expect.element(button('Close dialog')).toHaveFocus();
  });

  it('has one button for the run before', async () => {
    const did = await show({ answers: [listed(3)] });
    await button('Open the session before: 11:30, 100 events').click();
    expect(did).toEqual([['open', 'session-1']]);
  });

  it('finds among many by what is typed', async () => {
    await show({ answers: [listed(12)] });
    await page.getByRole('textbox', { name: 'Find a session' }).fill('07:30 complete');
    await expect.element(rows).toHaveTextContent('5 hours ago');
    await page.getByRole('textbox', { name: 'Find a session' }).fill('nowhere');
    await expect.element(page.getByText('No session is like that.')).toBeVisible();
  });

  it('has no field for few', async () => {
    await show({ answers: [listed(8)] });
    await expect.element(rows.first()).toBeVisible();
    await expect.element(page.getByRole('textbox')).not.toBeInTheDocument();
  });

  it('says from when on sessions are kept while there is none', async () => {
    await show({ answers: [listed(1)] });
    await expect.element(page.getByText(/^Sessions are kept from now on/)).toBeVisible();
  });

  it('says what to do when this run is kept in memory only', async () => {
    await show({ answers: [{ is: 'sessions', sessions: [], running: null }], inMemory: true });
    await expect.element(page.getByText(/^This run is kept in memory only/)).toBeVisible();
  });

  it('that cannot ask says why and tries again', async () => {
    await show({ answers: [{ is: 'unreachable', message: 'The agent does not answer.' }, listed(2)] });
    await expect.element(page.getByRole('alert')).toHaveTextContent('The agent does not answer.');
    await expect.element(button('Open a file …')).toBeEnabled();
    await button('Try again').click();
    await expect.element(rows.first()).toBeVisible();
    await expect.element(button('Open the session before: 11:30, 100 events')).toHaveFocus();
  });

  it('without room says which to close; what is open can still be shown', async () => {
    const recordings = [
      { key: 1, name: 'a.session', id: null },
      { key: 2, name: session(2).started, id: 'session-2' },
    ];
    const did = await show({ answers: [listed(3)], recordings });
    await expect.element(page.getByText('2 recordings are open.')).toBeVisible();
    await expect.element(button('Open a file …')).toHaveAttribute('aria-disabled', 'true');
    await expect.element(button('Open a file …')).toHaveAccessibleDescription(/Close one to open another/);
    await rows.nth(1).click({ force: true });
    await rows.nth(2).click();
    await button('Close recording a.session').click();
    expect(did).toEqual([
      ['open', 'session-2'],
      ['free', 1],
    ]);
    await expect.element(button('Open the session before: 11:30, 100 events')).toHaveFocus();
  });
});
