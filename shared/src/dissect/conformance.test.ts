/** What every dissector promises, whatever the bytes. A new one is tested here by its line in the registry. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHex } from '../payload/hex.ts';
import { hasUnsafe } from '../payload/visible.ts';
import type { Dissector, Field, Input } from './dissector.ts';
import { dissectAs, dissectors, recognise } from './index.ts';
import { dissectLimits } from './limits.ts';
import { inputOf, mutated, random, samples } from './testing.ts';

/** A slow machine reads the largest payload in much less; what hangs takes for ever. */
const patienceMs = 2_000;
const runs = 100_000;

/** Most of it is plain, which is quicker to see. */
const canAct = (text: string) => !/^[ -~]*$/.test(text) && hasUnsafe(text);

function problemsOf(fields: readonly Field[], from: number, to: number, depth = 1): string[] {
  let at = from;
  return fields.flatMap((field) => {
    const problems: string[] = [];
    if (field.from < at || field.to < field.from || field.to > to)
      problems.push(`${field.name} is out of place`);
    if (canAct(field.name) || canAct(field.value)) problems.push(`${field.name} can act on the page`);
    if (depth > dissectLimits.depth) problems.push(`${field.name} is too deep`);
    at = field.to;
    return [...problems, ...problemsOf(field.fields, field.from, field.to, depth + 1)];
  });
}

const countOf = (fields: readonly Field[]): number =>
  fields.reduce((count, field) => count + 1 + countOf(field.fields), 0);

function check(dissector: Dissector, input: Input): void {
  const sure = dissector.confidence(input);
  const { fields, info, protocol } = dissectAs(dissector, input);
  const problems = problemsOf(fields, 0, input.bytes.length);
  if (!(sure >= 0 && sure <= 1)) problems.push(`${sure} sure`);
  if (canAct(info) || protocol === '') problems.push('the row');
  // An assertion for each would take longer than all that is tested.
  if (problems.length > 0) throw new Error(`${problems.join(', ')} in ${formatHex(input.bytes)}`);
}

it('has an id and a name of its own each', () => {
  expect(new Set(dissectors.map(({ id }) => id)).size).toBe(dissectors.length);
  expect(new Set(dissectors.map(({ name }) => name)).size).toBe(dissectors.length);
});

describe.each(dissectors)('$id', (dissector) => {
  it('reads whatever bytes there are, and only those', { timeout: 60_000 }, () => {
    const step = random(dissector.id.length);
    for (let run = 0; run < runs; run += 1) check(dissector, mutated(step));
  });

  it('reads every beginning of a real message', () => {
    for (const { bytes, ...of } of samples) {
      for (let size = 0; size <= bytes.length; size += 1) {
        const part = bytes.subarray(0, size);
        check(dissector, { ...of, bytes: part, size });
        check(dissector, { ...of, bytes: part, size: bytes.length });
      }
    }
  });

  it('is done soon, and shows no more than it may, with the worst of many bytes', () => {
    const size = dissectLimits.bytes;
    const worst = [
      '[',
      '[',
      '{"a":',
      '\n',
      'a:b\r\n',
      '\x81\x00',
      '\x16\x03\x01\x00\x01\x01',
      '\xc0\x0c',
      '"\\',
      '\\"',
      '0\r\n',
      '\x00',
      ' ',
    ];
    const heads = [
      '',
      `${'['.repeat(20)}"`,
      'GET / HTTP/1.1\r\n',
      'GET / HTTP/1.1\r\nA: x',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      '\x00\x00\x81\x80\xff\xff\xff\xff\xff\xff\xff\xff',
    ];
    for (const head of heads) {
      for (const piece of worst) {
        // What ends an open string as none comes last.
        const last = head.endsWith('"') ? '\x01' : '.';
        const input = inputOf((head + piece.repeat(size / piece.length)).slice(0, size - 1) + last);
        const before = performance.now();
        const { fields } = dissectAs(dissector, input);
        dissector.confidence(input);
        expect(performance.now() - before).toBeLessThan(patienceMs);
        expect(countOf(fields)).toBeLessThanOrEqual(dissectLimits.fields);
      }
    }
  });
});

it('takes no noise for a message', () => {
  const noisy = fc.uint8Array({ minLength: 1, maxLength: 200 });
  let mistaken = 0;
  fc.assert(
    fc.property(noisy, (bytes) => {
      const found = recognise({ ...inputOf(''), bytes, size: bytes.length });
      if (found !== null && found.row === 'info') mistaken += 1;
    }),
    { numRuns: 20_000 },
  );
  expect(mistaken).toBeLessThan(20);
});
