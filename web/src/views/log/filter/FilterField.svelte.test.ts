import { beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { savedFilters } from '../../../store/kept/saved-filters.ts';
import { Filter } from './filter.svelte.ts';
import FilterField from './FilterField.svelte';
import { LanguageLoader } from './language-loader.svelte.ts';

/** The language, which comes when the test says so. */
class LateLanguage extends LanguageLoader {
  #open: () => void = () => undefined;
  readonly #gate = new Promise<void>((resolve) => (this.#open = resolve));

  override async load() {
    await this.#gate;
    return super.load();
  }

  comes(): void {
    this.#open();
  }
}

async function show(filter = new Filter()) {
  const saved = savedFilters(localStorage);
  document.body.style.paddingTop = '400px';
  const rest = { caution: null, place: () => undefined, sockets: () => new Map() };
  await render(FilterField, { filter, saved, ...rest });
  return filter;
}

const field = () => page.getByRole('textbox', { name: 'Filter', exact: true });
const examples = () => page.getByRole('group', { name: 'Examples', exact: true });
const offered = () => page.getByRole('listbox');

beforeEach(() => localStorage.clear());

describe('the filter', () => {
  it('shows what can be typed while it is empty, until something is', async () => {
    await show();
    await expect.element(examples()).not.toBeInTheDocument();
    await field().click();
    await expect.element(examples()).toBeVisible();
    await userEvent.keyboard('x');
    await expect.element(examples()).not.toBeInTheDocument();
  });

  it('puts an example into the field with one click', async () => {
    const filter = await show();
    await field().click();
    await page.getByRole('button', { name: /^port == 8888/ }).click();
    expect(filter.draft).toBe('port == 8888');
    await expect.element(field()).toHaveFocus();
    await expect.element(examples()).not.toBeInTheDocument();
  });

  it('is walked by keys: down into the examples, Enter takes one, Escape goes back and then away', async () => {
    const filter = await show();
    await field().click();
    await expect.element(examples()).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(examples().getByRole('button').first()).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(filter.draft).toBe('"two words"');
    await expect.element(field()).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(examples().getByRole('button').first()).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(field()).toHaveFocus();
    await expect.element(examples()).not.toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(filter.draft).toBe('');
    await userEvent.keyboard('{Escape}');
    await expect.element(field()).not.toHaveFocus();
  });

  it('completes what is typed: the arrow chooses, Enter takes, Escape closes', async () => {
    const filter = await show();
    await field().click();
    await userEvent.keyboard('ty');
    await expect.element(page.getByRole('option', { name: /^type/ })).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(filter.draft).toBe('type ');
    await userEvent.keyboard('== rec');
    await expect.element(page.getByRole('option', { name: /^received/ })).toBeVisible();
    await expect.element(field()).toHaveAttribute('aria-invalid', 'false');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(filter.draft).toBe('type == received ');
    await userEvent.keyboard('a');
    await expect.element(offered()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(offered()).not.toBeInTheDocument();
    expect(filter.draft).toBe('type == received a');
  });

  it('offers what was meant, and writes it with one click', async () => {
    const filter = await show();
    await field().fill('tcp.port == 80');
    await page.getByRole('button', { name: 'Write port == 80' }).click();
    expect(filter.draft).toBe('port == 80');
    await expect.element(field()).toHaveAttribute('aria-invalid', 'false');
  });

  it('offers to look for the bytes that hex stands for', async () => {
    const filter = await show();
    await field().fill('de ad be ef');
    await page.getByRole('button', { name: 'hex de ad be ef searches for those bytes' }).click();
    expect(filter.terms).toMatchObject([
      { filter: { is: 'contains', text: null }, words: 'hex de ad be ef' },
    ]);
    await expect.element(field()).toHaveValue('hex de ad be ef');
  });

  it('is saved under a name, asked again and removed, by keys alone', async () => {
    const filter = await show();
    const panel = page.getByRole('dialog', { name: 'Saved searches' });
    const open = page.getByRole('button', { name: 'Saved searches' });
    await open.click();
    await expect.element(panel.getByText('None so far.')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(field()).toHaveFocus();
    await userEvent.keyboard('#3 sent{Enter}');
    await expect.element(page.getByRole('button', { name: 'Remove sent' })).toBeVisible();
    await userEvent.keyboard('a or b');
    await expect.element(offered()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(offered()).not.toBeInTheDocument();
    await userEvent.keyboard('{Tab}');
    await expect.element(open).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(panel.getByRole('textbox', { name: 'Name' })).toHaveValue('#3 sent (a or b)');
    await expect.element(panel.getByRole('textbox', { name: 'Name' })).toHaveFocus();
    await userEvent.keyboard('mine{Enter}');
    await expect.element(panel).not.toBeInTheDocument();
    await expect.element(field()).toHaveFocus();
    filter.set('');
    await open.click();
    await expect.element(panel.getByRole('button', { name: 'mine #3 sent (a or b)' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(filter.text).toBe('#3 sent (a or b)');
    await expect.element(open).toHaveAttribute('title', 'Saved as mine');
    await open.click();
    await expect.element(panel.getByRole('button', { name: 'mine #3 sent (a or b)' })).toHaveFocus();
    await userEvent.keyboard('{Delete}');
    await expect.element(panel.getByRole('button', { name: /^mine/ })).not.toBeInTheDocument();
    await expect.element(panel.getByRole('textbox', { name: 'Name' })).toBeVisible();
  });

  it('says when the browser has no room to save it', async () => {
    const filter = await show();
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    filter.set('#3');
    await page.getByRole('button', { name: 'Saved searches' }).click();
    await page.getByRole('button', { name: 'Save filter' }).click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('no room');
    full.mockRestore();
  });

  it('loses nothing that is typed before the language is here', async () => {
    const language = new LateLanguage();
    const filter = await show(new Filter(language));
    await field().click();
    await userEvent.keyboard('sent{Enter}a{Escape}');
    expect(filter.draft).toBe('senta');
    language.comes();
    await expect.element(page.getByRole('button', { name: 'Remove sent' })).toBeVisible();
    expect(filter.draft).toBe('a');
    await expect.element(offered()).not.toBeInTheDocument();
  });

  it('goes down into examples that are on their way', async () => {
    const language = new LateLanguage();
    await show(new Filter(language));
    await field().click();
    await userEvent.keyboard('{ArrowDown}');
    language.comes();
    await expect.element(examples().getByRole('button').first()).toHaveFocus();
  });
});
