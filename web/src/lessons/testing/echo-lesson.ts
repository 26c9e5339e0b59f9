/** For tests: a lesson of three steps on an echo server, and one run of it against a fake agent. */
import { expect, vi } from 'vitest';
import { parseLesson } from '@socket-playground/shared/lessons/file/lesson.ts';
import type { Lesson } from '@socket-playground/shared/lessons/lesson.ts';
import { GivenAnswers } from '../given-answers.ts';
import { KeptAttempt } from '../kept-attempt.ts';
import { LessonRun } from '../lesson-run.svelte.ts';
import { FakeAgent, storage } from './fake-agent.ts';

/** An echo server, a word to say, and the end of it. */
export const echoFile = `---
id: tcp-server/echo
title: Make a server say it back
goal: Watch bytes come back.
minutes: 3
vars: { WORD: { pick: [happy, otter] } }
scene: { srv: { serve: stream, behaviour: echo } }
steps:
  - id: connect
    check: [{ see: accepted, where: { listener: $srv }, as: c }]
    hints: ['Look at the list.', 'Connect to \${srv.address}.']
    solve: [{ dial: $srv, as: me }]
  - id: say
    check: [{ stream: $c, dir: received, line: '\${WORD}' }]
    reject: { stream: $c, dir: received, line: { not: '\${WORD}' }, says: 'The server got another word than \${WORD}.' }
    hints: ['Which word?', 'Mind the line end.', 'Type \${WORD}.']
    solve: [{ dial: $srv, as: me }, { send: "\${WORD}\\n", on: me }]
  - id: leave
    predict: { ask: 'Who sees the end?', options: [the client, the server], right: 1, why: 'A FIN goes there.' }
    check: [{ see: closed, where: { socket: { not: $srv } } }]
    hints: ['Close it.']
    solve: [{ answer: 1 }, { close: $c }]
---
A server listens on \`\${srv.address}\`.
## connect
Connect to it.
## say
Say \`\${WORD}\`.
## leave
Close it.
## Why it works
It just does.
`;

export function lessonOf(text: string): Lesson {
  const parsed = parseLesson('36-echo.md', text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.lesson;
}

export const echoLesson = lessonOf(echoFile);
export const tabs = { note: () => undefined, forget: () => undefined, isNoted: true };

const nothing: readonly string[] = [];
const atOnce: Promise<unknown> = Promise.resolve();

/** A lesson under way, with time that does not pass by itself. */
export function setUp({
  agent = new FakeAgent(),
  session = storage(),
  lesson = echoLesson,
  before = nothing,
  ready = atOnce,
  kept = storage(),
} = {}) {
  const answers = new GivenAnswers(kept);
  const begins: string[] = [];
  const passed: string[] = [];
  const opened: string[] = [];
  const beside = { is: false };
  const run = new LessonRun(lesson, {
    store: agent.store,
    kept: new KeptAttempt(session, tabs),
    ready,
    passed: before,
    answersOf: (step) => answers.of(lesson.id, step),
    onpassed: (step, given) => {
      passed.push(step);
      answers.keep(lesson.id, step, given);
    },
    sleep: () => Promise.resolve(),
    random: () => 0,
    openTab: (url) => opened.push(url),
    onbegin: () => begins.push(lesson.id),
    isBeside: () => beside.is,
  });
  const port = () => agent.store.sockets.table.get(1)?.local?.port ?? 0;
  return { agent, session, run, passed, opened, port, beside, begins };
}

export async function begun(world = setUp()) {
  world.run.follow();
  await vi.waitFor(() => expect(world.run.phase).toEqual({ is: 'going' }));
  return world;
}

/** The store tells the page when something happened; here nobody does. */
export async function solve(run: LessonRun, step: number): Promise<void> {
  await run.solve(step);
  run.follow();
}

export const marks = (run: LessonRun) => run.steps.map(({ is }) => is);
export const dial = (port: number) =>
  ({ type: 'dial', socketType: 'stream', host: '127.0.0.1', port }) as const;
