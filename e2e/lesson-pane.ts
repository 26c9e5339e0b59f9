/** The lessons by what a person calls their parts. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export class LessonPane {
  readonly page: Page;
  readonly region: Locator;

  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole('region', { name: 'Lessons', exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.region.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** Opens a lesson by its number, from the list. */
  async open(number: string): Promise<void> {
    await this.page.getByRole('tab', { name: 'Lessons', exact: true }).click();
    const all = this.button('All lessons');
    await expect(this.region.getByRole('heading').first()).toBeVisible();
    if (await all.isVisible()) await all.click();
    await this.button(new RegExp(`\\b${number.replace('.', String.raw`\.`)} `)).click();
    await expect(this.steps.first()).toBeVisible();
  }

  async goTo(hash: string): Promise<void> {
    await this.page.evaluate((to) => (location.hash = to), hash);
  }

  get steps(): Locator {
    return this.region
      .getByRole('article')
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('heading', { level: 3 }) });
  }

  step(title: string): Locator {
    return this.steps.filter({ has: this.page.getByRole('heading', { name: title, level: 3 }) });
  }

  /** The step that is open. */
  get current(): Locator {
    return this.region.locator('[aria-current="step"]');
  }

  async isOpen(title: string): Promise<void> {
    await expect(this.current.getByRole('heading', { level: 3 })).toHaveText(title);
  }

  async isDone(title: string): Promise<void> {
    await expect(this.step(title)).toContainText('done');
  }

  async predict(option: string): Promise<void> {
    await this.current.getByRole('radio', { name: option }).check();
    await this.button('Lock in my answer').click();
  }

  async answer(text: string): Promise<void> {
    await this.current.getByRole('textbox').fill(text);
    await this.button('Check my answer').click();
  }

  /** Has the open step done for it. */
  async solve(): Promise<void> {
    const more = this.button(/^(Hint|Next hint)$/);
    const solution = this.button('Show solution');
    while (!(await solution.isVisible())) await more.click();
    await solution.click();
    await this.button('Do this for me').click();
  }
}
