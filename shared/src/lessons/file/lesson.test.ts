/** A lesson file with any mistake is refused with the line it is in, and why. */
import { describe, expect, it } from 'vitest';
import { parseLesson, parseUnits } from './lesson.ts';
import type { Mistake } from './mistakes.ts';

const good = `---
id: tcp-server/small
title: Small
goal: Connect once.
minutes: 2
vars: { WORD: { pick: [otter, marble] } }
scene: { srv: { serve: stream, behaviour: echo } }
steps:
  - id: connect
    predict: { ask: 'Who?', options: [you, nobody], right: 0, why: 'You.' }
    check:
      - { see: accepted, where: { listener: $srv }, as: c }
    reject: { see: failed, where: { during: connect }, says: 'No: \${code}.' }
    hints: ['Look.']
    solve: [{ answer: 0 }, { dial: $srv, as: me }]
    wrong: [{ do: [{ dial: $srv, as: w }, { send: x, on: w }], says: 'No' }]
  - id: speak
    check:
      - { stream: $c, dir: received, line: '\${WORD}' }
      - { answer: 'Which word?', is: '\${WORD}' }
    hints: ['Look.']
    solve: [{ dial: $srv, as: me }, { send: "\${WORD}\\n", on: me }, { answer: '\${WORD}' }]
---

Hello from [a link](http://\${srv.address}/).

## connect

- One
- **Two**

## speak

Say \`\${WORD}\`.

## Why it works

Because.
`;

/** The good file with one thing changed. */
const changed = (from: string, to: string) => {
  expect(good).toContain(from);
  return good.replace(from, to);
};
const lineOf = (part: string) => good.slice(0, good.indexOf(part)).split('\n').length;
const mistakesIn = (text: string, name = '39-small.md') => {
  const parsed = parseLesson(name, text);
  return parsed.ok ? [] : parsed.errors;
};
/** What is said of one line. */
const saidOf = (mistakes: readonly Mistake[], line: number) =>
  mistakes.flatMap((each) => (each.line === line ? [each.reason] : [])).join('; ');

it('a good file becomes a lesson with its number, titles and prose', () => {
  const parsed = parseLesson('web/lessons/39-small.md', good);
  expect(parsed).toMatchObject({
    ok: true,
    lesson: {
      ...{ id: 'tcp-server/small', number: '3.9', unit: 3, why: [{ is: 'paragraph' }] },
      steps: [
        { id: 'connect', title: 'Connect', prose: [{ is: 'list', ordered: false }] },
        { id: 'speak', title: 'Speak' },
      ],
    },
  });
  expect(JSON.stringify(parsed)).toContain('http://${srv.address}/');
});

it('line ends of another system make no difference', () => {
  expect(parseLesson('39-small.md', good.replaceAll('\n', '\r\n'))).toEqual(parseLesson('39-small.md', good));
});

describe('a mistake is told with its line', () => {
  const cases: [string, string, string, RegExp, string?][] = [
    ['a key that does not exist', 'goal: Connect', 'gaol: Connect', /there is no gaol here/],
    ['too many minutes', 'minutes: 2', 'minutes: 99', /minutes: .*15/],
    ['an id without its unit', 'id: tcp-server/small', 'id: small', /id: .*tcp-server\/echo/],
    ['YAML that is none', 'minutes: 2', 'minutes: [2', /./, 'vars:'],
    ['a variable with one value', '[otter, marble]', '[otter]', /at least 2/],
    ['a scene of an unknown kind', 'serve: stream, behaviour', 'sevre: stream, behaviour', /one of .*serve/],
    [
      'a label longer than a socket takes',
      '{ dial: $srv, as: w }',
      `{ dial: $srv, as: w, label: ${'x'.repeat(81)} }`,
      /80/,
    ],
    ['an unknown behaviour', 'behaviour: echo', 'behaviour: ecco', /echo/],
    ['a right option that is not there', 'right: 0', 'right: 2', /no option 2/],
    ['an unknown type of event', 'see: accepted', 'see: acepted', /type of event/],
    ['an unknown verb', '{ see: accepted', '{ sea: accepted', /one of .*see/],
    ['a name that nothing has', 'listener: $srv', 'listener: $server', /no server/],
    ['a rejection without words', ", says: 'No: ${code}.'", '', /says/],
    ['no hint', "hints: ['Look.']", 'hints: []', /at least 1/],
    [
      'a prediction that is not answered',
      '{ answer: 0 }, ',
      '',
      /1 answers are asked for, the solution has 0/,
    ],
    ['an unknown action', '{ send: x, on: w }', '{ sent: x, on: w }', /one of .*send/],
    ['a name of another list', 'send: x, on: w', 'send: x, on: me', /me stands for nothing here/],
    ['two steps of one name', '- id: speak', '- id: connect', /two steps connect/],
    [
      'a step that stands on no earlier one',
      '- id: connect',
      '- id: connect\n    standsOn: [speak]',
      /no step before this one/,
      '    predict',
    ],
    ['an id that is no id', '- id: speak', '- id: Speak up', /id such as/],
    ['bytes that nothing is said of', ", line: '${WORD}' }", ' }', /what the bytes are/],
    ['a pattern that is none', ", line: '${WORD}' }", ", matches: '(' }", /no regular expression/],
    ['a pattern that could hang', ", line: '${WORD}' }", ", matches: '(a+)+' }", /take for ever/],
    ['a right answer that is no option', "is: '${WORD}'", 'is: a, options: [b, c]', /none of the options/],
    [
      'a field no such event has',
      'where: { listener: $srv }',
      'where: { lisener: $srv }',
      /^accepted has no field lisener$/,
    ],
    ['a call that never fails so', 'during: connect', 'during: conect', /"conect" should be .*connect/],
    ['a code there is not', 'during: connect', 'code: ECONREFUSED', /"ECONREFUSED" should be .*ECONNREFUSED/],
    ['a number for a text', 'during: connect', 'during: connect, message: 7', /message: 7 should be text/],
    ['a socket without its $', 'listener: $srv', 'listener: srv', /should be a name such as \$srv/],
    ['a peer of a third kind', 'listener: $srv', 'listener: $srv, peer: theirs', /external or ours/],
    [
      'a host that is a name',
      'listener: $srv',
      'remote.host: localhost',
      /numeric address such as 127\.0\.0\.1/,
    ],
    ['a port out of range', 'listener: $srv', 'local.port: { not: 70000 }', /70000 should be .*0 to 65535/],
    ['HTML', '**Two**', '![Two](http://a/)', /no form for image/],
    ['a section of no step', '## speak', '## sing', /no step sing/],
    ['a step without a section', '## speak', '### speak', /no section "## speak"/, '- id: speak'],
    ['a section without text', 'Say `${WORD}`.', '', /is empty/, '## speak'],
    ['no explanation', '## Why it works', '### Why', /no section "## Why it works"/, '## speak'],
  ];

  it.each(cases)('%s', (_what, from, to, reason, place = from) => {
    const mistakes = mistakesIn(changed(from, to));
    expect(saidOf(mistakes, lineOf(place))).toMatch(reason);
  });

  it('sections in another order', () => {
    const [first, second] = ['## connect\n\n- One\n- **Two**\n', '## speak\n\nSay `${WORD}`.\n'];
    const swapped = good.replace(first, '@').replace(second, first).replace('@', second);
    expect(saidOf(mistakesIn(swapped), lineOf('## connect'))).toMatch(/order of the steps/);
  });

  it('a name without its number', () => {
    expect(saidOf(mistakesIn(good, 'small.md'), 1)).toMatch(/36-echo\.md/);
  });

  it('no front matter', () => {
    expect(saidOf(mistakesIn('# Hello\n'), 1)).toMatch(/between two lines/);
  });

  it('with its column, where one line says much', () => {
    const text = changed('during: connect', 'during: conect');
    const column = (text.split('\n').find((line) => line.includes('conect')) ?? '').indexOf('during') + 1;
    expect(mistakesIn(text)).toMatchObject([{ line: lineOf('during'), column }]);
  });

  it('several at once, in the order of their lines', () => {
    const twice = changed('minutes: 2', 'minutes: 0').replace('see: accepted', 'see: acepted');
    expect(mistakesIn(twice).map(({ line }) => line)).toEqual([5, 12]);
  });
});

describe('units', () => {
  const units = `- number: 3
  id: tcp-server
  title: A TCP server
  can: You can serve.
  break: |
    - **Try** it.
`;

  it('have their experiments as prose', () => {
    expect(parseUnits(units)).toMatchObject({
      ok: true,
      units: [{ number: 3, id: 'tcp-server', break: [{ is: 'list' }] }],
    });
  });

  it('are refused with their line', () => {
    const parsed = parseUnits(units.replace('can:', 'cna:'));
    expect(parsed.ok ? '' : saidOf(parsed.errors, 4)).toMatch(/no cna here/);
  });
});
