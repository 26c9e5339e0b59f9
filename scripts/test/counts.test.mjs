import { describe, expect, it } from 'vitest';
import { none, playwrightCounts, sum, summary, vitestCounts, withExitCode } from './counts.mjs';
import { select, sideBySide } from './steps.mjs';

describe('the last line', () => {
  it('adds up and names skipped tests only when there are some', () => {
    const some = { passed: 3, failed: 1, skipped: 0 };
    expect(summary(sum([some, { passed: 2, failed: 0, skipped: 0 }]))).toBe('5 passed, 1 failed');
    expect(summary(sum([some, { passed: 0, failed: 0, skipped: 2 }]))).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('counts a crash once, and not on top of failed tests', () => {
    expect(withExitCode(none, 1).failed).toBe(1);
    expect(withExitCode({ ...none, failed: 2 }, 1).failed).toBe(2);
    expect(withExitCode(none, 0).failed).toBe(0);
  });

  it('reads a Vitest report, a file that did not load being a failure', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    };
    expect(vitestCounts(report)).toEqual({ passed: 4, failed: 2, skipped: 3 });
  });

  it('reads a Playwright report', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
    expect(playwrightCounts(report)).toEqual({ passed: 6, failed: 2, skipped: 2 });
  });
});

describe('--only', () => {
  it('brings along what a step needs, in order', () => {
    expect(select('unit').map(({ name }) => name)).toEqual(['install', 'tools', 'build', 'unit']);
    expect(select('lint,format').map(({ name }) => name)).toEqual(['install', 'format', 'lint']);
  });

  it('refuses a name that is none', () => {
    expect(() => select('units')).toThrow(/No such step: units\. There are: install, /);
  });
});

describe('side by side', () => {
  it('is what only reads; whatever builds or runs tests has the machine for itself', () => {
    const groups = sideBySide(select(undefined)).map((steps) => steps.map(({ name }) => name));
    expect(groups.find((names) => names.includes('lint'))).toContain('format');
    expect(groups).toContainEqual(['build']);
    expect(groups).toContainEqual(['unit']);
    expect(groups).toContainEqual(['e2e']);
  });
});
