import type { Recogniser } from '../recogniser.ts';
import { placeAt, summaryOf, testSummary } from '../test-summary.ts';

/** The Test Anything Protocol, and what `node --test` says at the end in its own form (`ℹ pass 3`). */
const failure = /^not ok \d+ - (.+?)(?: # .*)?$/;
const passed = /^ok \d+(?: - |$)/;
const plan = /^(?:TAP version 1[34]|1\.\.\d+)/;
const summary = /^(?:#|ℹ) (pass|fail|skipped) (\d+)$/;
/** `test at sum.test.js:5:1`. */
const place = /^test at (\S+?):(\d+):(\d+)$/;

export const tapTests: Recogniser = {
  kind: testSummary,
  recognise({ lines }) {
    const told = new Map(lines.flatMap((line) => (summary.test(line) ? [[summary.exec(line)?.[1], Number(summary.exec(line)?.[2])] as const] : [])));
    const failures = lines.flatMap((line) => failure.exec(line)?.[1] ?? []);
    if (told.size === 0 && !lines.some((line) => plan.test(line))) return [];
    const places = lines.flatMap((line) => {
      const [, path, row, column] = place.exec(line) ?? [];
      return path === undefined ? [] : [placeAt(path, row, column)];
    });
    const counted = { passed: lines.filter((line) => passed.test(line)).length, failed: failures.length, skipped: 0 };
    const counts = told.size === 0 ? counted : { passed: told.get('pass') ?? 0, failed: told.get('fail') ?? 0, skipped: told.get('skipped') ?? 0 };
    return summaryOf('Tests', counts, failures, places);
  },
};
