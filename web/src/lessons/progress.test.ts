import { describe, expect, it } from 'vitest';
import { Progress } from './progress.svelte.ts';
import { mergedSteps, parseSteps, writeSteps } from './steps-passed.ts';
import { full } from './testing/full-storage.ts';

function storage(text?: string) {
  const kept = new Map(text === undefined ? [] : [['progress', text]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}
const echo = 'tcp-server/echo';

describe('progress', () => {
  it('survives a reload, and tabs add to it together', () => {
    const shared = storage();
    const [one, other] = [new Progress(shared), new Progress(shared)];
    one.pass(echo, ['connect']);
    other.pass(echo, ['echo']);
    expect(new Progress(shared).passed.get(echo)).toEqual(['connect', 'echo']);
    one.reload();
    expect(one.passed.get(echo)).toEqual(['connect', 'echo']);
  });

  it('is forgotten, and taken back', () => {
    const progress = new Progress(storage());
    progress.pass(echo, ['connect']);
    const before = progress.reset();
    expect(progress.passed.size).toBe(0);
    progress.add(before);
    expect(progress.passed.get(echo)).toEqual(['connect']);
  });

  it('that the browser has no room for is known as long as the page is open', () => {
    const progress = new Progress(full());
    progress.pass(echo, ['connect']);
    progress.pass(echo, ['echo']);
    progress.reload();
    expect(progress.passed.get(echo)).toEqual(['connect', 'echo']);
    progress.reset();
    progress.reload();
    expect(progress.passed.size).toBe(0);
  });

  it.each(['', '{', '[]', '{"kind":"socket-playground-progress","version":1,"lessons":7}'])(
    'begins anew with %j in the storage',
    (text) => expect(new Progress(storage(text)).passed.size).toBe(0),
  );
});

describe('a file with progress', () => {
  it('is read as it was written', () => {
    const passed = new Map([[echo, ['connect', 'echo']]]);
    expect(parseSteps(writeSteps(passed))).toEqual({ ok: true, passed });
  });

  it('is refused with its reason when it is another file, or of another version', () => {
    const reasonOf = (text: string) => {
      const read = parseSteps(text);
      return read.ok ? null : read.reason;
    };
    expect(reasonOf('{"a":1}')).toMatch('not a file');
    const newer = writeSteps(new Map()).replace('"version": 1', '"version": 2');
    expect(reasonOf(newer)).toMatch('newer');
    expect(reasonOf('x'.repeat(300_000))).toMatch('too large');
  });

  it('gives only what can be lessons and steps', () => {
    const lessons = { [echo]: ['connect', 3, 'A b'], 'no id at all': ['x'], 'a/b': 'c' };
    const text = JSON.stringify({ kind: 'socket-playground-progress', version: 1, lessons });
    expect(parseSteps(text)).toEqual({
      ok: true,
      passed: new Map([
        [echo, ['connect']],
        ['a/b', []],
      ]),
    });
  });

  it('takes nothing away', () => {
    const merged = mergedSteps(
      new Map([[echo, ['connect']]]),
      new Map([
        [echo, ['leave']],
        ['a/b', ['c']],
      ]),
    );
    expect([...merged]).toEqual([
      [echo, ['connect', 'leave']],
      ['a/b', ['c']],
    ]);
  });
});
