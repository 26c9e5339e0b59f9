import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';

const offers = { sockets: [1, 2], ports: [8888], hosts: ['127.0.0.1'], protocols: ['http'] };

describe('completion', () => {
  it.each([
    ['so', 0, ['socket']],
    ['s', 0, ['socket', 'sent', 'segment']],
    ['socket ', 7, ['==', '!=', 'in {', '<', '<=', '>', '>=']],
    ['type ', 5, ['==', '!=', 'in {']],
    ['type == rec', 8, ['received']],
    ['port == ', 8, ['8888']],
    ['host==12', 6, ['127.0.0.1']],
    ['socket in {#1, ', 15, ['#1', '#2']],
    ['dir == to', 7, ['to-server', 'to-client']],
    ['proto = h', 8, ['http']],
    ['sent a', 5, ['and', 'accepted']],
    ['not #', 4, ['#1', '#2']],
    ['"so', 3, []],
    ['matches /so', 11, []],
  ])('after %j, from %i on: %j', (text, from, options) => {
    const found = complete(text, text.length, offers);
    expect(found.options.map((option) => option.text)).toEqual(options);
    if (options.length > 0) expect(found.from).toBe(from);
  });

  it('never throws, wherever the caret is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(30), (text, caret) => {
        const at = Math.min(caret, text.length);
        const { from, to } = complete(text, at, offers);
        expect(from <= to && to === at).toBe(true);
      }),
    );
  });
});
