import type { Recogniser } from '../recogniser.ts';
import { countOf, placeAt, summaryOf, testSummary } from '../test-summary.ts';

/** `===== 1 failed, 2 passed in 0.12s =====`, without the frame with -q. */
const total = /^=*\s*((?:\d+ (?:failed|passed|skipped|errors?|xfailed|xpassed|deselected|warnings?)(?:, )?)+) in [\d.]+s/;
const failure = /^(?:FAILED|ERROR) (\S+)(?: - (.*))?$/;
/** `tests/test_sum.py:4: AssertionError`. */
const place = /^([^\s:]+\.py):(\d+): \w+/;

export const pytestTests: Recogniser = {
  kind: testSummary,
  recognise({ lines }) {
    const counts = lines.findLast((line) => total.test(line));
    if (counts === undefined) return [];
    const failures = lines.flatMap((line) => {
      const [, test, why] = failure.exec(line) ?? [];
      return test === undefined ? [] : [why === undefined ? test : `${test}: ${why}`];
    });
    const places = lines.flatMap((line) => {
      const [, path, row] = place.exec(line) ?? [];
      return path === undefined ? [] : [placeAt(path, row)];
    });
    const failed = countOf(counts, 'failed') + countOf(counts, 'errors?');
    return summaryOf('pytest', { passed: countOf(counts, 'passed'), failed, skipped: countOf(counts, 'skipped') }, failures, places);
  },
};
