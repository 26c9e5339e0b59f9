/**
 * @typedef {import('playwright').Page} Page
 * @typedef {object} Shot one picture
 * @property {string} name of its file in `docs`
 * @property {'light' | 'dark'} colorScheme
 * @property {[width: number, height: number]} size of the window, px
 * @property {(page: Page) => Promise<Page | import('playwright').Locator>} show what is in it
 */

/** @type {[number, number]} */
const window = [1440, 900];
/** @type {[number, number]} */
const narrow = [1180, 860];
/** @type {[number, number]} */
const tall = [1180, 1100];

/** @type {(page: Page, socket: number) => Promise<void>} */
const choose = (page, socket) =>
  page
    .getByRole('region', { name: 'Sockets' })
    .getByRole('button', { name: new RegExp(`^#${String(socket)}\\b`) })
    .click();
/** @type {(page: Page, name: string) => Promise<void>} */
const tab = (page, name) => page.getByRole('tab', { name, exact: true }).click();
/** @type {(page: Page, name: string) => Promise<void>} */
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
/** @param {Page} page */
const traffic = (page) => page.getByRole('region', { name: 'Traffic', exact: true });

/** The client's longest message, with its bytes. @param {Page} page */
async function playground(page) {
  await choose(page, 2);
  const rows = page.getByRole('grid', { name: 'Packet log' }).getByRole('row');
  await rows.filter({ hasText: 'sent' }).filter({ hasText: 'otter-7' }).first().click();
  await page.getByRole('region', { name: 'Bytes', exact: true }).waitFor();
  return page;
}

/** @type {readonly Shot[]} */
export const shots = [
  { name: 'playground-light', colorScheme: 'light', size: window, show: playground },
  { name: 'playground-dark', colorScheme: 'dark', size: window, show: playground },
  {
    name: 'log',
    colorScheme: 'light',
    size: narrow,
    show: async (page) => {
      const filter = traffic(page).getByRole('textbox', { name: 'Filter', exact: true });
      await filter.fill('#3 or failed');
      await filter.blur();
      return traffic(page);
    },
  },
  {
    name: 'timeline',
    colorScheme: 'light',
    size: tall,
    show: async (page) => {
      await tab(page, 'Timeline');
      await press(page, 'Fit');
      return traffic(page);
    },
  },
  {
    name: 'graph',
    colorScheme: 'light',
    size: narrow,
    show: async (page) => {
      await tab(page, 'Graph');
      await press(page, 'Whole run');
      return traffic(page);
    },
  },
  {
    name: 'stream',
    colorScheme: 'light',
    size: tall,
    show: async (page) => {
      await choose(page, 1);
      await tab(page, 'Stream');
      for (const name of ['To server', 'Lines']) await page.getByRole('radio', { name, exact: true }).click();
      return page.locator('#talk');
    },
  },
  {
    name: 'bytes',
    colorScheme: 'light',
    size: window,
    show: async (page) => {
      const bytes = (await playground(page)).getByRole('region', { name: 'Bytes', exact: true });
      await bytes.getByRole('button', { name: 'Fields' }).click();
      return bytes;
    },
  },
  {
    name: 'lesson',
    colorScheme: 'light',
    size: window,
    show: async (page) => {
      await page.getByRole('banner').getByText('Lessons', { exact: true }).click();
      await page.getByText('Make a server say it back').click();
      await page.locator('[aria-current="step"]').waitFor();
      return page;
    },
  },
];
