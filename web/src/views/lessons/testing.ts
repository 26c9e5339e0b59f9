/** For tests: a lesson with one step of each kind, under way with an agent that the test plays. */
import type { Lesson, Step } from '@socket-playground/shared/lessons/lesson.ts';
import type { Prose } from '@socket-playground/shared/lessons/prose.ts';
import { GivenAnswers } from '../../lessons/given-answers.ts';
import { KeptAttempt } from '../../lessons/kept-attempt.ts';
import { LessonRun } from '../../lessons/lesson-run.svelte.ts';
import { Study } from '../../lessons/study.svelte.ts';
import { FakeAgent, nowhere, storage } from '../../lessons/testing/fake-agent.ts';
import { Whereabouts } from '../../lessons/whereabouts.svelte.ts';

const said = (text: string): Prose => [{ is: 'paragraph', content: [{ is: 'text', text }] }];

const steps: readonly Step[] = [
  {
    ...{ id: 'connect', title: 'Connect', prose: said('Connect to it.') },
    check: [{ see: 'accepted', where: { listener: '$srv' }, as: 'c' }],
    hints: ['Look at the list.', 'Connect to ${srv.address}.'],
    solve: [{ dial: '$srv' }],
  },
  {
    ...{ id: 'say', title: 'Say', prose: said('Say ${WORD}.') },
    check: [{ stream: '$c', dir: 'received', line: '${WORD}' }],
    reject: [{ stream: '$c', dir: 'received', line: { not: '${WORD}' }, says: 'The server got ${line}.' }],
    hints: ['Which word?', 'Mind the line end.', 'Type ${WORD}.'],
    solve: [
      { dial: '$srv', as: 'me' },
      { send: '${WORD}\n', on: 'me' },
    ],
  },
  {
    ...{ id: 'guess', title: 'Guess', prose: said('Guess, then call.') },
    predict: { ask: 'Who comes?', options: ['nobody', 'somebody'], right: 1, why: 'The act calls.' },
    act: { label: 'Call it', do: [{ dial: '$srv' }] },
    check: [
      { see: 'accepted', where: { listener: '$srv' }, as: 'late' },
      {
        ...{ answer: 'Which socket was accepted?', is: '$late' },
        ...{ near: 'Not #${given}.', why: 'It is the newest.' },
      },
    ],
    hints: ['Press the button.'],
    solve: [{ answer: 1 }, { dial: '$srv' }, { answer: '$late' }],
  },
  {
    ...{ id: 'eighty', title: 'Eighty', prose: said('Take port 80.'), can: 'lowPorts' },
    otherwise: {
      says: 'Every port is free to take here.',
      predict: {
        ...{ ask: 'What would happen?', options: ['it works', 'EACCES'], right: 1 },
        why: 'It needs a privilege.',
      },
    },
    check: [{ see: 'failed', where: { code: 'EACCES' } }],
    hints: ['Take port 80.'],
    solve: [{ serve: 'stream', port: 80, fails: 'EACCES' }],
  },
  {
    ...{ id: 'typo', title: 'Typo', prose: said('Close it, with and without parentheses.') },
    decoy: { label: 's.close', says: 'There was no error.' },
    check: [{ see: 'closed', where: { of: '$srv' } }],
    hints: ['Close it.'],
    solve: [{ close: '$c' }],
  },
];

const oneOfEach: Lesson = {
  ...{ id: 'tcp-server/echo', number: '3.6', unit: 3, minutes: 3 },
  ...{ title: 'One of each', goal: 'See every kind of step.' },
  vars: { WORD: { pick: ['happy', 'otter'] } },
  scene: { srv: { serve: 'stream', behaviour: { name: 'echo' } } },
  ...{ steps, intro: said('A server listens on ${srv.address}.'), why: said('It just does.') },
};

const tabs = { note: () => undefined, forget: () => undefined, isNoted: true };
const locks = { take: () => Promise.resolve(true), isFree: () => Promise.resolve(false) };

/** A lesson that only asks: it matches, then puts in order. */
export const asking: Lesson = {
  ...oneOfEach,
  steps: [
    {
      ...{ id: 'match', title: 'Match', prose: said('Match them.') },
      check: [
        {
          ...{ pairs: 'Which port?', left: ['HTTP', 'SMTP'], right: ['80', '25', '70'] },
          ...{ near: 'SMTP is the lower one.', why: 'Everyone knows them.' },
        },
      ],
      ...{ hints: ['Guess.'], solve: [{ answer: ['80', '25'] }] },
    },
    {
      ...{ id: 'order', title: 'Order', prose: said('Put them in order.') },
      check: [{ arrange: 'Which comes first?', items: ['bind', 'listen', 'accept'], near: 'Not yet.' }],
      ...{ hints: ['Guess.'], solve: [{ answer: ['bind', 'listen', 'accept'] }] },
    },
  ],
};

const noSteps: readonly string[] = [];

/** `agent` and `session` of an earlier one: this tab after a reload. `passed` and `kept`: what this browser did before. */
export function lessonUnderWay({
  agent = new FakeAgent(),
  session = storage(),
  lesson = oneOfEach,
  passed = noSteps,
  kept = storage(),
} = {}) {
  const { store } = agent;
  const answers = new GivenAnswers(kept);
  const onbegin = () => undefined;
  const openTab = () => undefined;
  const study = new Study({
    ...{ store, session, locks, onbegin, openTab, storage: storage(), newId: () => 'tab' },
    whereabouts: new Whereabouts(nowhere),
  });
  const run = new LessonRun(lesson, {
    ...{ store, onbegin, openTab, kept: new KeptAttempt(session, tabs), ready: Promise.resolve() },
    ...{ sleep: () => Promise.resolve(), random: () => 0, isBeside: () => false },
    passed,
    answersOf: (step) => answers.of(lesson.id, step),
    onpassed: (step, given) => answers.keep(lesson.id, step, given),
  });
  const port = () => store.sockets.table.get(1)?.local?.port ?? 0;
  return { agent, session, study, run, port };
}
