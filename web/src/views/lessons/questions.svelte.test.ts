/** What a learner answers with: matching, and putting in order. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { storage } from '../../lessons/testing/fake-agent.ts';
import '../../lib/styles.ts';
import './lesson.css';
import Lesson from './Lesson.svelte';
import Predict from './Predict.svelte';
import Question from './Question.svelte';
import { asking, lessonUnderWay } from './testing.ts';

const check = page.getByRole('button', { name: 'Check my answer', exact: true });
const mover = (item: string, way: 'up' | 'down') =>
  page.getByRole('button', { name: `${item}: move ${way}`, exact: true });
const items = page.getByRole('group').getByRole('listitem');
const orderNow = () => items.elements().map((each) => /[a-z]+/.exec(each.textContent)?.[0]);

const pairs = { is: 'pairs', ask: 'Which port?', left: ['HTTP', 'SMTP'], right: ['25', '80', '70'] } as const;
const arrange = { is: 'arrange', ask: 'Which comes first?', items: ['listen', 'bind', 'accept'] } as const;

async function ask(question: typeof pairs | typeof arrange) {
  const given: unknown[] = [];
  await render(Question, { question, onanswer: (answer: unknown) => given.push(answer) });
  return given;
}

async function press(key: string): Promise<void> {
  await userEvent.keyboard(`{${key}}`);
}

beforeEach(() => page.viewport(420, 900));

describe('matching', () => {
  it('can be checked once every line has its other side, with the keyboard alone', async () => {
    const given = await ask(pairs);
    await press('Tab');
    await expect.element(page.getByLabelText('HTTP')).toHaveFocus();
    await userEvent.keyboard('8');
    await expect.element(page.getByLabelText('HTTP')).toHaveValue('80');
    await expect.element(check).toHaveAttribute('aria-disabled', 'true');
    await press('Tab');
    await userEvent.keyboard('2');
    await expect.element(page.getByLabelText('SMTP')).toHaveValue('25');
    await expect.element(check).toHaveAttribute('aria-disabled', 'false');
    await press('Tab');
    await expect.element(check).toHaveFocus();
    await press('Enter');
    expect(given).toEqual([['80', '25']]);
  });

  it('cannot be checked any more when a choice is taken back', async () => {
    const given = await ask(pairs);
    await page.getByLabelText('HTTP').selectOptions('80');
    await page.getByLabelText('SMTP').selectOptions('25');
    await page.getByLabelText('SMTP').selectOptions('choose …');
    await check.click({ force: true });
    expect(given).toEqual([]);
  });
});

describe('a prediction', () => {
  const predict = { ask: 'Who comes?', options: ['nobody', 'somebody'], right: 1, why: 'The act calls.' };
  const nobody = page.getByRole('radio', { name: 'nobody', exact: true });

  it('marks nothing when an attempt is begun anew', async () => {
    const onlock = () => undefined;
    const shown = await render(Predict, { predict: { ...predict, given: null }, onlock });
    await nobody.click();
    await shown.rerender({ predict: { ...predict, given: 0 }, onlock });
    await expect.element(nobody).toBeDisabled();
    await expect.element(nobody).toBeChecked();
    await shown.rerender({ predict: { ...predict, given: null }, onlock });
    await expect.element(nobody).not.toBeChecked();
    await expect
      .element(page.getByRole('button', { name: 'Lock in my answer', exact: true }))
      .toHaveAttribute('aria-disabled', 'true');
  });
});

describe('putting in order', () => {
  it('moves by buttons and arrow keys; what moved keeps the focus and says where it is', async () => {
    const given = await ask(arrange);
    await mover('bind', 'up').click();
    expect(orderNow()).toEqual(['bind', 'listen', 'accept']);
    await expect.element(mover('bind', 'up')).toHaveFocus();
    await expect.element(page.getByRole('status')).toHaveTextContent('bind: now 1 of 3');
    await press('ArrowDown');
    await press('ArrowDown');
    await expect.element(mover('bind', 'down')).toHaveFocus();
    await expect.element(page.getByRole('status')).toHaveTextContent('bind: now 3 of 3');
    expect(orderNow()).toEqual(['listen', 'accept', 'bind']);
    await check.click();
    expect(given).toEqual([['listen', 'accept', 'bind']]);
  });

  it('has nowhere to go beyond its ends', async () => {
    await ask(arrange);
    await expect.element(mover('listen', 'up')).toHaveAttribute('aria-disabled', 'true');
    await expect.element(mover('accept', 'down')).toHaveAttribute('aria-disabled', 'true');
    await mover('listen', 'up').click({ force: true });
    await press('ArrowUp');
    expect(orderNow()).toEqual(['listen', 'bind', 'accept']);
    await expect.element(page.getByRole('status')).toHaveTextContent('');
  });
});

async function open({ study, run }: ReturnType<typeof lessonUnderWay>) {
  const nothing = () => undefined;
  await render(Lesson, {
    ...{ study, run, place: { is: 'lesson', id: asking.id, step: null }, isAside: false },
    ...{ onlive: nothing, ongo: nothing, onpick: nothing, onunseen: nothing },
  });
  run.follow();
}

it('whoever comes back sees what they answered', async () => {
  const kept = storage();
  const before = lessonUnderWay({ lesson: asking, kept });
  before.run.follow();
  await vi.waitFor(() => expect(before.run.phase.is).toBe('going'));
  before.run.answer(['80', '25']);

  await open(lessonUnderWay({ lesson: asking, kept, passed: ['match'] }));
  await expect.element(page.getByText('Done before, on sockets that are gone.')).toBeVisible();
  await expect
    .element(page.getByText('You answered: HTTP: 80; SMTP: 25. Everyone knows them.', { exact: true }))
    .toBeVisible();
});

it('a wrong answer says how much of it is right and may be changed; a right one is repeated', async () => {
  await open(lessonUnderWay({ lesson: asking }));
  await page.getByLabelText('HTTP').selectOptions('80');
  await page.getByLabelText('SMTP').selectOptions('70');
  await check.click();
  await expect.element(page.getByText('1 of 2 is right. SMTP is the lower one.').first()).toBeVisible();
  await expect.element(page.getByLabelText('SMTP')).toHaveValue('70');
  await page.getByLabelText('SMTP').selectOptions('25');
  await check.click();
  await expect.element(page.getByText(/You answered: .*Everyone knows them\./)).toBeVisible();

  await expect.element(page.getByText('Which comes first?')).toBeVisible();
  const wanted = ['accept', 'bind', 'listen'];
  for (const [place, item] of wanted.entries()) {
    while (orderNow().indexOf(item) > place) await mover(item, 'up').click();
  }
  await check.click();
  await expect.element(page.getByText(/Not yet\./).first()).toBeVisible();
  await mover('accept', 'down').click();
  await mover('accept', 'down').click();
  await check.click();
  await expect.element(page.getByRole('heading', { name: 'Why it works' })).toBeVisible();
});
