/**
 * What a ring came to. `skippedTests` names single tests that its own conditions left out, `secondTries` those that
 * passed only when they were tried again.
 * @typedef {{ passed: number, failed: number, skippedTests: string[], secondTries?: string[] }} Result
 */

/**
 * As much of vitest's JSON report as is read.
 * @typedef {object} VitestReport
 * @property {boolean} success
 * @property {{ name: string, status: string, assertionResults: { status: string, fullName: string, failureMessages: readonly string[] }[] }[]} testResults
 */

/**
 * @param {VitestReport} report
 * @returns {Result}
 */
export function fromVitest(report) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const failedTests = tests.filter((test) => test.status === 'failed').length;
  const failedFiles = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length;
  const failed = failedTests + failedFiles;
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    // An error outside of every test fails the run without failing a test or a file.
    failed: failed === 0 && !report.success ? 1 : failed,
    skippedTests: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
    secondTries: tests.filter((test) => test.status === 'passed' && test.failureMessages.length > 0).map((test) => test.fullName),
  };
}

/**
 * Reads the events of `go test -json`. A test with subtests is not counted beside them; a package that fails without
 * a failed test (it did not compile, or crashed) counts as one failure.
 * @param {string} output one JSON object a line; other lines are ignored
 * @returns {Result}
 */
export function fromGo(output) {
  const events = output.split('\n').flatMap(parseEvent);
  const ends = events.filter((event) => ['pass', 'fail', 'skip'].includes(event.Action));
  const tests = ends.filter((event) => event.Test !== undefined);
  const parents = new Set(tests.flatMap((event) => parentsOf(event)));
  const leaves = tests.filter((event) => !parents.has(keyOf(event)));
  const packagesWithFailedTests = new Set(leaves.filter((event) => event.Action === 'fail').map((event) => event.Package));
  const brokenPackages = ends.filter((event) => event.Test === undefined && event.Action === 'fail' && !packagesWithFailedTests.has(event.Package));
  return {
    passed: leaves.filter((event) => event.Action === 'pass').length,
    failed: leaves.filter((event) => event.Action === 'fail').length + brokenPackages.length,
    skippedTests: leaves.filter((event) => event.Action === 'skip').map(keyOf),
  };
}

/** @typedef {{ Action: string, Package?: string, Test?: string, Output?: string }} GoEvent */

/**
 * @param {string} line
 * @returns {GoEvent[]}
 */
function parseEvent(line) {
  return line.startsWith('{') ? [JSON.parse(line)] : [];
}

/** @param {GoEvent} event */
function keyOf(event) {
  return `${event.Package}.${event.Test}`;
}

/** @param {GoEvent} event */
function parentsOf({ Package, Test = '' }) {
  const parts = Test.split('/');
  return parts.slice(1).map((_, i) => `${Package}.${parts.slice(0, i + 1).join('/')}`);
}

/**
 * The end of `npm test`. Where a skip counts as a failure (a CI machine must run everything), rings and tests that
 * were left out are failures.
 * @param {readonly Result[]} results
 * @param {number} skippedRings
 * @param {{ strict: boolean }} options
 */
export function summarise(results, skippedRings, { strict }) {
  const sum = (/** @type {(result: Result) => number} */ of) => results.reduce((total, result) => total + of(result), 0);
  const left = skippedRings + sum((result) => result.skippedTests.length);
  const passed = sum((result) => result.passed);
  const failed = sum((result) => result.failed) + (strict ? left : 0);
  const skipped = strict ? 0 : left;
  return { line: `${passed} passed, ${failed} failed, ${skipped} skipped`, exitCode: failed === 0 ? 0 : 1 };
}
