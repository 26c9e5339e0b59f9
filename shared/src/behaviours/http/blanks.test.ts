/** Blanks in a head cost what any other bytes cost: a peer may send as many as it likes. */
import { expect, it } from 'vitest';
import { readHead } from './framing.ts';
import { readField } from './request.ts';

/** More than any head has: what tries each of them anew does not come to an end here. */
const blanks = ' \t'.repeat(2 ** 19);

it.each([
  ['before a value', `a:${blanks}b`, { name: 'a', value: 'b' }],
  ['behind it', `a:b${blanks}`, { name: 'a', value: 'b' }],
  ['within it', `a: b${blanks}b`, { name: 'a', value: `b${blanks}b` }],
  ['alone', `a:${blanks}`, { name: 'a', value: '' }],
  ['and a byte that no field has', `a:${blanks}\x01`, { refused: 400 }],
])('of a field, %s', (_, line, field) => {
  expect(readField(line)).toMatchObject(field);
});

it('between the members of a list', () => {
  const line = { method: 'GET', target: '/', isOld: false };
  const host = { name: 'host', value: 'a' };
  const head = (connection: string) => readHead(line, [host, { name: 'connection', value: connection }]);
  expect(head(`close${blanks},b`)).toMatchObject({ keepsAlive: false });
  expect(head(`close${blanks}b`)).toMatchObject({ keepsAlive: true });
});
