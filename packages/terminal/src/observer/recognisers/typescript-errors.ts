import { compilerError, errorsOf } from '../compiler-errors.ts';
import type { Recogniser } from '../recogniser.ts';
import { placeAt } from '../test-summary.ts';

/** `src/a.ts(3,7): error TS2322: …`, and with colours `src/a.ts:3:7 - error TS2322: …`. */
const error = /^(\S.*?)(?:\((\d+),(\d+)\):|:(\d+):(\d+) -) error (TS\d+: .*)$/;

export const typescriptErrors: Recogniser = {
  kind: compilerError,
  recognise: ({ lines }) =>
    errorsOf(
      'TypeScript',
      lines.flatMap((line) => {
        const [, path, row, column, prettyRow, prettyColumn, message] = error.exec(line) ?? [];
        return path === undefined || message === undefined ? [] : [{ place: placeAt(path, row ?? prettyRow, column ?? prettyColumn), message }];
      }),
    ),
};
