import { describe, expect, it } from 'vitest';
import { lessonOf, started } from '../../test/lesson-conduct.ts';
import { advance, answer } from './attempt.ts';
import type { Check, Question } from './checks.ts';
import type { Given } from './questions.ts';

/** One step that asks this, after a client came and its server sent 1024 and 100 bytes. */
function asked(question: Question, ...others: Check[]) {
  const accepted: Check = { see: 'accepted', where: { listener: '$srv' }, as: 'c' };
  const { lesson, log, listener, attempt } = started(lessonOf({ check: [accepted, ...others, question] }));
  const { client, server } = log.join(listener);
  log.sent(server, new Uint8Array(1024));
  log.sent(server, new Uint8Array(100));
  const { attempt: now } = advance(lesson, attempt, log);
  const says = (given: Given) => answer(lesson, now, given, log);
  return { says, lesson, log, client, server };
}
const asks = (is: Extract<Question, { answer: string }>['is']): Question => ({
  ...{ answer: 'What?', is, near: 'Not ${given}.', why: 'Because of #${c}.' },
});

describe('what is right', () => {
  it('a literal or a variable, without case and outer blanks', () => {
    expect(asked(asks('${WORD}')).says(' Marble ').verdict.right).toBe(true);
    expect(asked(asks(111)).says('111').verdict.right).toBe(true);
    expect(asked(asks(111)).says('112').verdict.right).toBe(false);
    expect(asked(asks(0)).says('').verdict.right).toBe(false);
  });

  it('a socket, with or without #, and a field of what happened', () => {
    const { says, server } = asked(asks('$c'));
    expect(says(`#${server}`).verdict.right).toBe(true);
    expect(says(server).verdict.right).toBe(true);
    const { says: port, log, client } = asked(asks('$c.remote.port'));
    expect(port(log.addressOf(client).port).verdict.right).toBe(true);
  });

  it('what the log adds up to', () => {
    const where = { socket: '$c' };
    expect(asked(asks({ count: 'sent', where })).says(2).verdict.right).toBe(true);
    expect(asked(asks({ sum: 'size', of: 'sent', where })).says(1124).verdict.right).toBe(true);
    expect(asked(asks({ first: 'sent', where, field: 'size' })).says(1024).verdict.right).toBe(true);
    const rest = { minus: [{ sum: 'size', of: 'sent', where }, 1024] as const };
    expect(asked(asks(rest)).says(100).verdict.right).toBe(true);
  });

  it('pairs and an order, as they are shown', () => {
    const pairs: Question = {
      pairs: 'Which?',
      left: ['a', 'b'],
      right: ['port ${srv.port}', 'none', 'decoy'],
    };
    const { says, log } = asked(pairs);
    const { port } = log.addressOf(1);
    expect(says([`port ${port}`, 'none']).verdict.right).toBe(true);
    expect(says(['none', `port ${port}`]).verdict.right).toBe(false);
    expect(says([`port ${port}`]).verdict.right).toBe(false);
    const arrange: Question = { arrange: 'Order?', items: ['socket', 'bind'] };
    expect(asked(arrange).says(['socket', 'bind']).verdict.right).toBe(true);
    expect(asked(arrange).says(['bind', 'socket']).verdict.right).toBe(false);
  });
});

it('a wrong answer is named, counts as an attempt, and can be put right', () => {
  const { says, lesson, log, server } = asked(asks('$c'));
  const wrong = says(99);
  expect(wrong.verdict).toEqual({ right: false, says: 'Not 99.' });
  expect(wrong.attempt.steps[0]?.wrongs).toBe(1);
  const right = answer(lesson, wrong.attempt, server, log);
  expect(right.verdict).toEqual({ right: true, says: `Because of #${server}.` });
  expect(advance(lesson, right.attempt, log).attempt.step).toBe(1);
});

it('an answer before the log can know it is told so', () => {
  const accepted: Check = { see: 'accepted', where: { listener: '$srv' }, as: 'late' };
  const { lesson, log, attempt } = started(lessonOf({ check: [accepted, asks('$late')] }));
  const { verdict } = answer(lesson, attempt, 5, log);
  expect(verdict.right).toBe(false);
  expect(verdict.says).toMatch('The log does not show yet');
});

it('a name of the same step stands for what happened in it, not for what was before', () => {
  const accepted: Check = { see: 'accepted', where: { listener: '$srv' }, as: 'late' };
  const { lesson, log, listener, attempt } = started(
    lessonOf({ check: [{ see: 'accepted' }] }, { check: [accepted, asks('$late')] }),
  );
  const { server: early } = log.join(listener);
  const now = advance(lesson, attempt, log).attempt;
  expect(answer(lesson, now, early, log).verdict.right).toBe(false);
  const { server: late } = log.join(listener);
  expect(answer(lesson, now, late, log).verdict.right).toBe(true);
});
