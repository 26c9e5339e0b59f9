import { describe, expect, it } from 'vitest';
import { none, playwrightCounts, sum, summary, vitestCounts, withExitCode } from './counts.mjs';
import { select, sideBySide } from './steps.mjs';

describe('the last line', () => {
  it('adds up and names skipped tests only when there are some', () => {
    const some = { ...none, passed: 3, failed: 1, failures: ['a'] };
    expect(summary(sum([some, { ...none, passed: 2 }]))).toBe('5 passed, 1 failed');
    expect(summary(sum([some, { ...none, skipped: 2 }]))).toBe('3 passed, 1 failed, 2 skipped');
    expect(sum([some, { ...some, failures: ['b'] }]).failures).toEqual(['a', 'b']);
  });

  it('counts a crash once, and not on top of failed tests', () => {
    expect(withExitCode(none, 1).failed).toBe(1);
    expect(withExitCode({ ...none, failed: 2 }, 1).failed).toBe(2);
    expect(withExitCode(none, 0).failed).toBe(0);
  });

  it('reads a Vitest report, a file that did not load being a failure', () => {
    const failed = { status: 'failed', fullName: 'it works', failureMessages: ['no\n  at line 3'] };
    const passed = { status: 'passed', fullName: 'it too', failureMessages: [] };
    const report = {
      numPassedTests: 4,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { name: 'a.test.ts', status: 'failed', message: '', assertionResults: [failed, passed] },
        { name: 'b.test.ts', status: 'failed', message: 'does not load', assertionResults: [] },
        { name: 'c.test.ts', status: 'passed', message: '', assertionResults: [passed] },
      ],
    };
    expect(vitestCounts(report)).toEqual({
      ...{ passed: 4, failed: 2, skipped: 3 },
      failures: ['a.test.ts › it works › no', 'b.test.ts › does not load'],
    });
  });

  it('reads a Playwright report', () => {
    const report = {
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: 'no server' }],
      suites: [{ file: 'a.spec.ts', suites: [{ file: 'a.spec.ts', specs: [{ ...spec, ok: true }, spec] }] }],
    };
    expect(playwrightCounts(report)).toEqual({
      ...{ passed: 6, failed: 2, skipped: 2 },
      failures: ['a.spec.ts › it opens › late', 'outside tests › no server'],
    });
  });
});

const spec = {
  title: 'it opens',
  ok: false,
  tests: [{ results: [{ error: { message: '\u001b[31mlate\u001b[39m\nat line 3' } }] }],
};

describe('--only', () => {
  it('brings along what a step needs, in order', () => {
    expect(select('unit').map(({ name }) => name)).toEqual(['install', 'tools', 'build', 'unit']);
    expect(select('format,lint web').map(({ name }) => name)).toEqual(['install', 'lint web', 'format']);
  });

  it('refuses a name that is none', () => {
    expect(() => select('units')).toThrow(/No such step: units\. There are: install, /);
  });
});

describe('side by side', () => {
  it('is what only reads; whatever builds or runs tests has the machine for itself', () => {
    const groups = sideBySide(select(undefined)).map((steps) => steps.map(({ name }) => name));
    expect(groups.find((names) => names.includes('lint web'))).toContain('format');
    expect(groups).toContainEqual(['build']);
    expect(groups).toContainEqual(['unit']);
    expect(groups).toContainEqual(['e2e']);
  });
});
