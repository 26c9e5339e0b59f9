import { beforeEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import '../../lib/styles.ts';
import './lesson.css';
import { haltKey } from '../halt.ts';
import type { Halt } from '../halt.ts';
import Lesson from './Lesson.svelte';
import { lessonUnderWay } from './testing.ts';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const steps = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
const step = (at: number) => steps.nth(at);

async function setUp(world = lessonUnderWay(), halt?: Halt) {
  const { study, run, agent, port } = world;
  const picked: number[] = [];
  const unseen: string[] = [];
  const context = new Map(halt === undefined ? [] : [[haltKey, halt]]);
  const props = {
    ...{ study, run, place: { is: 'lesson', id: run.lesson.id, step: null } as const, isAside: false },
    ...{ onlive: () => undefined, ongo: () => undefined, onpick: (seq: number) => picked.push(seq) },
    onunseen: (words: string) => unseen.push(words),
  };
  const mounted = await render(Lesson, { props, context });
  const isOpen = (at: number) => expect.element(step(at)).toHaveAttribute('aria-current', 'step');
  run.follow();
  await expect.poll(() => run.phase).toEqual({ is: 'going' });
  /** Somebody from outside comes, and says this. */
  const call = (...says: readonly string[]) => {
    const socket = agent.visit(port());
    for (const text of says) agent.hear(socket, text);
    run.follow();
    return socket;
  };
  return { ...world, unmount: mounted.unmount, picked, unseen, isOpen, call };
}

/** As far as this step: those before it are done. */
async function standingAt(at: number) {
  const lesson = await setUp();
  const deeds = [
    () => void lesson.call(),
    () => void lesson.call('happy\n'),
    () => {
      lesson.run.lock(0);
      lesson.run.answer(lesson.call());
    },
    () => lesson.run.lock(1),
  ];
  for (const [index, deed] of deeds.slice(0, at).entries()) {
    await lesson.isOpen(index);
    deed();
  }
  await lesson.isOpen(at);
  return lesson;
}

beforeEach(() => page.viewport(420, 900));

describe('a step that is done', () => {
  it('says so, quotes its rows, which lead to the log, and folds its text away', async () => {
    const { call, picked, isOpen } = await setUp();
    await isOpen(0);
    const socket = call();
    await expect.element(step(0)).toHaveTextContent('done');
    await expect.element(step(0)).toHaveTextContent(`#${socket} accepted`);
    await step(0)
      .getByRole('button', { name: /^No\. \d+$/ })
      .click();
    expect(picked).toHaveLength(1);
    await expect.element(step(0).getByText('Connect to it.')).not.toBeVisible();
    await step(0).getByText('Text and solution').click();
    await expect.element(step(0).getByText('Connect to it.')).toBeVisible();
    await isOpen(1);
  });

  it('after the last one comes why it works', async () => {
    const { run, call, agent } = await standingAt(4);
    await expect.element(page.getByRole('heading', { name: 'Why it works' })).not.toBeInTheDocument();
    await agent.store.run({ type: 'close', socket: call() });
    run.follow();
    await expect.element(page.getByRole('heading', { name: 'Why it works' })).toBeVisible();
    await expect.element(button('Next lesson')).toHaveClass(/is-primary/);
  });
});

describe('a wrong attempt', () => {
  it('is named with its row, and each one brings the next hint and at last the solution', async () => {
    const { call, picked } = await standingAt(1);
    await expect.element(step(1)).not.toHaveTextContent('Hint 1');
    const socket = call('hapy\n');
    await expect.element(step(1)).toHaveTextContent('The server got hapy.');
    await expect.element(step(1)).toHaveTextContent('Hint 1 of 3');
    await step(1)
      .getByRole('button', { name: /^No\. \d+$/ })
      .click();
    expect(picked).toHaveLength(1);
    await expect.element(button('Show solution')).not.toBeInTheDocument();
    call('hippy\n');
    await expect.element(step(1)).toHaveTextContent('Mind the line end.');
    await button('Show solution').click();
    await expect.element(button('Do this for me')).toBeVisible();
    expect(socket).toBeGreaterThan(0);
  });

  it('is none while its line has not ended: what came so far is told, and what is missing', async () => {
    const { call } = await standingAt(1);
    call('hapy');
    await expect.element(step(1)).toHaveTextContent('So far the server has “hapy”, and no line end.');
    await expect.element(step(1)).not.toHaveTextContent('Hint 1');
    call('hapy\n');
    await expect.element(step(1)).toHaveTextContent('The server got hapy.');
    await expect.element(step(1)).not.toHaveTextContent('So far');
  });

  it('is forgotten when the step passes', async () => {
    const { call, isOpen } = await standingAt(1);
    call('hapy\n');
    await expect.element(step(1)).toHaveTextContent('The server got hapy.');
    call('happy\n');
    await isOpen(2);
    await expect.element(step(1)).not.toHaveTextContent('The server got hapy.');
  });
});

it('hints come when they are asked for, and the last one brings the solution', async () => {
  const { agent, run } = await standingAt(0);
  await button('Hint').click();
  await expect.element(step(0)).toHaveTextContent('Hint 1 of 2');
  await button('Next hint').click();
  await expect.element(step(0)).toHaveTextContent(/Connect to 127\.0\.0\.1:\d+/);
  await expect.element(button('Next hint')).not.toBeInTheDocument();
  await button('Show solution').click();
  await button('Do this for me').click();
  await expect.poll(() => agent.commands.at(-1)?.type).toBe('dial');
  run.follow();
  await expect.element(step(0)).toHaveTextContent('done');
});

describe('a prediction', () => {
  it('comes before the act, is locked in, and only what happens then counts', async () => {
    const { agent, run } = await standingAt(2);
    const before = agent.commands.length;
    await expect.element(button('Call it')).toHaveAttribute('aria-disabled', 'true');
    await button('Call it').click({ force: true });
    expect(agent.commands).toHaveLength(before);
    await expect.element(page.getByText('Which socket was accepted?')).not.toBeInTheDocument();
    await page.getByRole('radio', { name: 'nobody' }).click();
    await button('Lock in my answer').click();
    await expect.element(step(2)).toHaveTextContent('You said: nobody. Now do it');
    await expect.element(page.getByRole('radio', { name: 'somebody' })).toBeDisabled();
    await button('Call it').click();
    await expect.poll(() => agent.commands.at(-1)?.type).toBe('dial');
    run.follow();
  });

  it('is explained when the step is done, whatever it was', async () => {
    await standingAt(3);
    await expect
      .element(step(2))
      .toHaveTextContent('You predicted: nobody. It was: somebody. The act calls.');
  });

  it('alone is the step where the machine cannot show it: without hints of what to do', async () => {
    const { isOpen } = await standingAt(3);
    await expect
      .element(step(3))
      .toHaveTextContent('This machine cannot show it. Every port is free to take here.');
    await expect.element(button('Hint')).not.toBeInTheDocument();
    await page.getByRole('radio', { name: 'it works' }).click();
    await button('Lock in my answer').click();
    await isOpen(4);
    await expect.element(step(3)).toHaveTextContent('It was: EACCES. It needs a privilege.');
  });
});

describe('the focus, when what held it is gone,', () => {
  const press = async (name: string) => {
    await expect.element(button(name)).toBeVisible();
    const held = button(name).element();
    if (held instanceof HTMLElement) held.focus();
    await userEvent.keyboard('{Enter}');
  };

  it('goes to the last hint, and from a done step to the next', async () => {
    const { call, isOpen } = await standingAt(0);
    await press('Hint');
    await expect.element(button('Next hint')).toHaveFocus();
    await press('Next hint');
    await expect.poll(() => document.activeElement?.textContent).toMatch(/Hint 2 of 2/);
    await press('Show solution');
    await press('Do this for me');
    call();
    await isOpen(1);
    await expect.element(step(1).getByRole('heading')).toHaveFocus();
  });

  it('goes on in the text from a button that is about the lesson as a whole', async () => {
    const { agent, run, isOpen } = await setUp(lessonUnderWay({ passed: ['connect'] }));
    await isOpen(1);
    await press('Begin anew');
    await isOpen(0);
    await expect.element(page.getByRole('article')).toHaveFocus();
    agent.refuse(true);
    await run.reset();
    agent.refuse(false);
    await press('Try again');
    await expect.poll(() => run.phase).toEqual({ is: 'going' });
    await expect.element(page.getByRole('article')).toHaveFocus();
  });

  it('goes on with what a prediction led to, and with a right answer to the next step', async () => {
    const { call, isOpen } = await standingAt(2);
    await page.getByRole('radio', { name: 'nobody' }).click();
    await press('Lock in my answer');
    await expect.element(page.getByText(/^You said: nobody\./)).toHaveFocus();
    const socket = call();
    await step(2).getByRole('textbox').fill('77');
    await press('Check my answer');
    await expect.element(step(2)).toHaveTextContent('Not #77.');
    await expect.element(button('Check my answer')).toHaveFocus();
    await step(2).getByRole('textbox').fill(String(socket));
    await press('Check my answer');
    await isOpen(3);
    await expect.element(step(3).getByRole('heading')).toHaveFocus();
  });
});

it('whoever is at another pane of a small screen is told what the lesson says, and stays there', async () => {
  await page.viewport(390, 600);
  const { call, unseen, isOpen } = await standingAt(0);
  const below = document.createElement('div');
  below.style.height = '3000px';
  document.body.append(below);
  window.scrollTo(0, 3000);
  call();
  await isOpen(1);
  await expect.poll(() => unseen).toEqual(['Done: Connect']);
  call('hapy\n');
  await expect.poll(() => unseen).toEqual(['Done: Connect', 'The server got hapy.']);
  expect(window.scrollY).toBeGreaterThan(2_000);
  below.remove();
});

describe('a question', () => {
  it('is answered by the log: too early, wrong, and right', async () => {
    const { run, call } = await standingAt(2);
    run.lock(1);
    const answer = async (given: number) => {
      await step(2).getByRole('textbox').fill(String(given));
      await button('Check my answer').click();
    };
    await answer(5);
    await expect.element(step(2)).toHaveTextContent('The log does not show yet what this asks for.');
    const socket = call();
    await answer(socket + 1);
    await expect.element(step(2)).toHaveTextContent(`Not #${socket + 1}.`);
    await answer(socket);
    await expect.element(step(2)).toHaveTextContent(`You answered: ${socket}. It is the newest.`);
    await expect.element(step(2)).toHaveTextContent('done');
  });
});

it('a button that does nothing says what there is to see, in view', async () => {
  await standingAt(4);
  await button('s.close').click();
  await expect.element(page.getByText('There was no error.')).toBeInViewport();
});

describe('the agent', () => {
  it('that is lost is said to be so; the lesson goes on when it is back', async () => {
    const { agent, isOpen } = await standingAt(1);
    agent.lose();
    await expect.element(page.getByText('The agent does not answer.')).toBeVisible();
    agent.meet();
    await expect.element(page.getByText('The agent does not answer.')).not.toBeInTheDocument();
    await isOpen(1);
  });

  it('that was restarted leaves done steps done, on new sockets', async () => {
    const { agent, run, isOpen } = await standingAt(2);
    agent.lose();
    agent.restart();
    run.follow();
    await expect.element(page.getByText('The agent was restarted')).toBeVisible();
    await isOpen(2);
    await expect.element(step(0)).toHaveTextContent('Done before, on sockets that are gone.');
  });

  it('that can make no sockets is quoted, and asked again', async () => {
    const world = lessonUnderWay();
    world.agent.refuse(true);
    const shown = setUp(world);
    await expect.element(page.getByText('The sockets of this lesson could not be made.')).toBeVisible();
    world.agent.refuse(false);
    await button('Try again').click();
    await (await shown).isOpen(0);
  });
});

it('a lesson that was left halfway goes on where it was left, and can be begun anew', async () => {
  const [first, second, third] = lessonUnderWay().run.lesson.steps.map(({ id }) => id);
  const { isOpen, run } = await setUp(lessonUnderWay({ passed: [first ?? '', second ?? '', third ?? ''] }));
  await isOpen(3);
  await expect.element(page.getByText('You go on where you left off.')).toBeVisible();
  // What was predicted is not known any more, what is right is.
  await expect.element(step(2)).toHaveTextContent('Done before, on sockets that are gone.');
  await expect.element(step(2)).toHaveTextContent('Who comes? somebody. The act calls.');
  await button('Begin anew').click();
  await expect.poll(() => run.phase).toEqual({ is: 'going' });
  await isOpen(0);
});

it('while nothing can be commanded a lesson is not begun anew, and says why', async () => {
  const [first] = lessonUnderWay().run.lesson.steps.map(({ id }) => id);
  const halt: Halt = { says: 'Not now.', isOn: true, describedby: 'why', stops: () => true };
  const { agent, isOpen } = await setUp(lessonUnderWay({ passed: [first ?? ''] }), halt);
  await isOpen(1);
  const before = agent.commands.length;
  await expect.element(button('Begin anew')).toHaveAttribute('aria-describedby', 'why');
  await button('Begin anew').click({ force: true });
  expect(agent.commands).toHaveLength(before);
  await isOpen(1);
});

describe('while a remark stands', () => {
  const remark = page.getByText('So far the server has');
  /** On a screen that shows a part of the lesson only, its beginning. */
  const look = async () => {
    await page.viewport(390, 200);
    window.scrollTo(0, 0);
    await expect.element(remark).not.toBeInViewport();
  };

  it('a new hint is brought into sight', async () => {
    const { call, run } = await standingAt(1);
    call('hapy');
    await expect.element(remark).toBeVisible();
    await look();
    run.hint();
    await expect.element(page.getByText('Hint 1 of 3')).toBeInViewport();
  });

  it('that it goes is no news', async () => {
    const { agent, call, run } = await standingAt(1);
    run.hint();
    const socket = call('hapy');
    await expect.element(remark).toBeVisible();
    await look();
    await agent.store.run({ type: 'close', socket });
    run.follow();
    await expect.element(remark).not.toBeInTheDocument();
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    expect(window.scrollY).toBe(0);
  });
});

it('a reload goes on where one was, with what was said', async () => {
  const { call, run, unmount, agent, session } = await standingAt(1);
  call('hapy\n');
  await expect.element(step(1)).toHaveTextContent('The server got hapy.');
  run.hint();
  await unmount();
  const { isOpen } = await setUp(lessonUnderWay({ agent, session }));
  await isOpen(1);
  await expect.element(step(0)).toHaveTextContent('accepted');
  await expect.element(step(1)).toHaveTextContent('The server got hapy.');
  await expect.element(step(1)).toHaveTextContent('Hint 2 of 3');
});
