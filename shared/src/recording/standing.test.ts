/** What a file may say of open sockets: much of it, and by anybody. */
import { describe, expect, it } from 'vitest';
import { reduce } from '../events/reduce.ts';
import { encodeUtf8 } from '../payload/utf8.ts';
import { readSegmentHead } from './segment.ts';
import { parseStanding, standingStates } from './standing.ts';

const opened = { type: 'opened', family: 'inet', socketType: 'stream' } as const;
const labelled = (label: string | null) =>
  reduce(new Map(), { seq: 1, time: 0, socket: 1, ...opened, label });
const many = 1_000_000;

describe('a list of open sockets', () => {
  it('is looked at up to the first that is none', () => {
    const states = [labelled('one'), labelled(null)];
    expect(standingStates.parse(states)).toEqual(states);
    const { error } = standingStates.safeParse([...states, ...Array.from({ length: many }, () => ({}))]);
    expect(error?.issues).toHaveLength(1);
  });
});

describe('its JSON', () => {
  it.each([null, 'plain', '{'.repeat(80), String.raw`a "quoted" \\`, '\\"'.repeat(40), ',"['.repeat(26)])(
    'is read, however many there are and whatever they are called: %j',
    (label) => {
      const states = Array.from({ length: 1_000 }, () => labelled(label));
      expect(parseStanding(JSON.stringify(states))).toEqual(states);
    },
  );

  it.each([
    ['objects', `[${'{},'.repeat(many)}{}]`],
    ['numbers', `[${'1,'.repeat(many)}1]`],
    ['lists in lists', `${'['.repeat(many)}${']'.repeat(many)}`],
    ['objects in a list behind strings', `["\\"\\\\",${'{},'.repeat(many)}"{"]`],
  ])('is none of more values than its size is enough for: %s', (_, text) => {
    expect(parseStanding(text)).toBeUndefined();
  });

  it.each(['', '{', '["', '["\\"', `["${'x'.repeat(2_000)}`])('is none that does not end: %j', (text) => {
    expect(parseStanding(text)).toBeUndefined();
  });

  it('takes a head of a session file nowhere', () => {
    const head = { epoch: 'e', started: '2026-11-21T04:24:05.000Z', pid: 1, first: 1, follows: 0 };
    const text = `${JSON.stringify({ ...head, standing: [] }).slice(0, -2)}${'{},'.repeat(many)}{}]}`;
    expect(readSegmentHead(encodeUtf8(text))).toBeNull();
  });
});
