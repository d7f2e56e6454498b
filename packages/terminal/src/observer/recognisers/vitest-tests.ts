import type { Recogniser } from '../recogniser.ts';
import { countOf, placeAt, summaryOf, testSummary } from '../test-summary.ts';

/** `Tests  1 failed | 4 passed (5)`. */
const total = /^\s*Tests {2,}((?:\d+ \w+(?: \| )?)+)\s*\(\d+\)/;
const failure = /^\s*FAIL\s+(\S.*)$/;
/** ` ❯ src/sum.test.ts:7:15`. */
const place = /^\s*❯ ([^\s:][^:]*\.[cm]?[jt]sx?):(\d+):(\d+)$/;

export const vitestTests: Recogniser = {
  kind: testSummary,
  recognise({ lines }) {
    const counts = lines.findLast((line) => total.test(line));
    if (counts === undefined) return [];
    const failures = lines.flatMap((line) => failure.exec(line)?.[1]?.trim() ?? []);
    const places = lines.flatMap((line) => {
      const [, path, row, column] = place.exec(line) ?? [];
      return path === undefined || path.includes('node_modules/') ? [] : [placeAt(path, row, column)];
    });
    const numbers = { passed: countOf(counts, 'passed'), failed: countOf(counts, 'failed'), skipped: countOf(counts, 'skipped') };
    return summaryOf('vitest', numbers, failures, places);
  },
};
