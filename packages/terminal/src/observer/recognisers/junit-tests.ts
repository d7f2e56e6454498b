import type { Recogniser } from '../recogniser.ts';
import { summaryOf, testSummary } from '../test-summary.ts';

/** Maven's last line of all: `[ERROR] Tests run: 5, Failures: 1, Errors: 0, Skipped: 1`; that of one class goes on with its time. */
const total = /Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)\s*$/;
/** `[ERROR]   SumTest.adds:12 expected: <4> but was: <3>`. */
const failure = /^\[ERROR\] {2,}(\w[\w.$]*:\d+ .*)$/;

export const junitTests: Recogniser = {
  kind: testSummary,
  recognise({ lines }) {
    const last = lines.findLast((line) => total.test(line)) ?? '';
    const [, run = 0, failures = 0, errors = 0, skipped = 0] = (total.exec(last) ?? []).map(Number);
    const failed = failures + errors;
    return summaryOf(
      'JUnit',
      { passed: run - failed - skipped, failed, skipped },
      lines.flatMap((line) => failure.exec(line)?.[1] ?? []),
    );
  },
};
