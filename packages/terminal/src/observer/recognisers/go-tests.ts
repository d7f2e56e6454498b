import type { Recogniser } from '../recogniser.ts';
import { placeAt, summaryOf, testSummary } from '../test-summary.ts';

/** `--- FAIL: TestSum (0.00s)`; those that pass are only told with -v. */
const test = /^\s*--- (PASS|FAIL|SKIP): (\S+)/;
/** `ok  \texample.com/sum\t0.002s`, `FAIL\texample.com/sum\t0.003s`. */
const suite = /^(ok|FAIL)\s+(\S+)\s+(?:[\d.]+s|\(cached\)|\[build failed\])/;
/** `    sum_test.go:8: got 3, want 4`. */
const place = /^\s+([\w.-]+_test\.go):(\d+):/;

export const goTests: Recogniser = {
  kind: testSummary,
  recognise({ lines }) {
    const suites = lines.flatMap((line) => suite.exec(line)?.slice(1, 3) ?? []).length / 2;
    if (suites === 0) return [];
    const tests = lines.flatMap((line) => {
      const [, result, name] = test.exec(line) ?? [];
      return result === undefined || name === undefined ? [] : [{ result, name }];
    });
    const failed = tests.filter(({ result }) => result === 'FAIL').map(({ name }) => name);
    const packages = lines.flatMap((line) => (/^FAIL\s+\S/.test(line) ? (suite.exec(line)?.[2] ?? []) : []));
    const places = lines.flatMap((line) => {
      const [, path, row] = place.exec(line) ?? [];
      return path === undefined ? [] : [placeAt(path, row)];
    });
    const counted = tests.some(({ result }) => result === 'PASS');
    if (counted) {
      const skipped = tests.filter(({ result }) => result === 'SKIP').length;
      return summaryOf('go test', { passed: tests.length - failed.length - skipped, failed: failed.length, skipped }, failed, places);
    }
    return summaryOf('go test, packages', { passed: suites - packages.length, failed: packages.length, skipped: 0 }, [...failed, ...packages], places);
  },
};
