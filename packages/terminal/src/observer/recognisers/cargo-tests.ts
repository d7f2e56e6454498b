import type { Recogniser } from '../recogniser.ts';
import { countOf, placeAt, summaryOf, testSummary } from '../test-summary.ts';

/** `test result: FAILED. 1 passed; 1 failed; 0 ignored; …`, once a crate. */
const total = /^test result: \w+\. \d+ passed; \d+ failed/;
const failure = /^test (\S+) \.\.\. FAILED$/;
/** `thread 'tests::sum' panicked at src/lib.rs:9:9:`. */
const place = /panicked at (?:'.*', )?([^\s':]+\.rs):(\d+):(\d+)/;

export const cargoTests: Recogniser = {
  kind: testSummary,
  recognise({ lines }) {
    const totals = lines.filter((line) => total.test(line));
    const sum = (word: string) => totals.reduce((all, line) => all + countOf(line, word), 0);
    const failures = lines.flatMap((line) => failure.exec(line)?.[1] ?? []);
    const places = lines.flatMap((line) => {
      const [, path, row, column] = place.exec(line) ?? [];
      return path === undefined ? [] : [placeAt(path, row, column)];
    });
    return summaryOf('cargo test', { passed: sum('passed'), failed: sum('failed'), skipped: sum('ignored') }, failures, places);
  },
};
