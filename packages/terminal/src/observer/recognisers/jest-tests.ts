import type { Recogniser } from '../recogniser.ts';
import { countOf, placeAt, summaryOf, testSummary } from '../test-summary.ts';

/** `Tests:       1 failed, 5 passed, 6 total`. */
const total = /^Tests:\s+.*\d+ total$/;
const failure = /^\s+● (.+)$/;
/** `      at Object.<anonymous> (src/sum.test.js:5:17)`. */
const place = /^\s+at .*?\(?([^\s()]+\.[cm]?[jt]sx?):(\d+):(\d+)\)?$/;

export const jestTests: Recogniser = {
  kind: testSummary,
  recognise({ lines }) {
    const counts = lines.findLast((line) => total.test(line));
    if (counts === undefined) return [];
    const failures = lines.flatMap((line) => failure.exec(line)?.[1] ?? []);
    const places = lines.flatMap((line) => {
      const [, path, row, column] = place.exec(line) ?? [];
      return path === undefined || path.includes('node_modules/') ? [] : [placeAt(path, row, column)];
    });
    const numbers = { passed: countOf(counts, 'passed'), failed: countOf(counts, 'failed'), skipped: countOf(counts, 'skipped') };
    return summaryOf('jest', numbers, failures, places);
  },
};
