import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures each test that failed, with where it stands and the first of what it said
 */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0, failures: [] };

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  return all.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
      failures: [...a.failures, ...b.failures],
    }),
    none,
  );
}

/**
 * @param {unknown} report the JSON of Vitest's reporter
 * @returns {Counts} a file that could not be run counts as one failure
 */
export function vitestCounts(report) {
  const { numPassedTests, numPendingTests, numTodoTests, testResults } =
    /**
     * @typedef {{ status: string, fullName: string, failureMessages: string[] }} Assertion
     * @type {{ numPassedTests: number, numPendingTests: number, numTodoTests: number,
     *   testResults: { name: string, status: string, message: string, assertionResults: Assertion[] }[] }}
     */ (report);
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((assertion) => assertion.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [failure(name, '', message)] : [];
    return failed.map(({ fullName, failureMessages }) => failure(name, fullName, failureMessages[0]));
  });
  return {
    ...{ passed: numPassedTests, failed: failures.length, skipped: numPendingTests + numTodoTests },
    failures,
  };
}

/**
 * @param {import('vitest/node').TestModule[]} files as they are written, not run
 * @returns {Counts} every test as skipped, and a file that cannot be read as one failure
 */
export function vitestListed(files) {
  const failures = files.flatMap((file) =>
    file.errors().map(({ message }) => failure(file.moduleId, '', message)),
  );
  const skipped = files.reduce((count, file) => count + [...file.children.allTests()].length, 0);
  return { passed: 0, failed: failures.length, skipped, failures };
}

/**
 * @typedef {object} Suite
 * @property {string} file
 * @property {Suite[]} [suites]
 * @property {{ title: string, ok: boolean, tests: { results: { error?: { message?: string } }[] }[] }[]} [specs]
 */

/**
 * @param {unknown} report the JSON of Playwright's reporter
 * @returns {Counts} what passed only at a second try counts as passed; errors outside tests as failures
 */
export function playwrightCounts(report) {
  const { stats, errors, suites } =
    /**
     * @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
     *   errors: { message?: string }[], suites: Suite[] }}
     */ (report);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [
      ...suites.flatMap(failuresIn),
      ...errors.map(({ message }) => failure('outside tests', '', message)),
    ],
  };
}

/**
 * @param {Suite} suite
 * @returns {string[]}
 */
function failuresIn({ file, suites = [], specs = [] }) {
  const failed = specs.filter(({ ok }) => !ok);
  return [
    ...failed.map(({ title, tests }) => failure(file, title, tests[0]?.results.at(-1)?.error?.message)),
    ...suites.flatMap(failuresIn),
  ];
}

/**
 * @param {string} file
 * @param {string} name empty: the file itself
 * @param {string} [message]
 * @returns {string}
 */
function failure(file, name, message = '') {
  const [first = ''] = stripVTControlCharacters(message).split('\n');
  return [file, name, first].filter((part) => part !== '').join(' › ');
}

/**
 * A step's counts made to agree with its exit code: a crash with no failed test is a failure too.
 *
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
export function withExitCode(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {Counts} counts
 * @returns {string}
 */
export function summary({ passed, failed, skipped }) {
  const line = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped === 0 ? line : `${line}, ${String(skipped)} skipped`;
}
