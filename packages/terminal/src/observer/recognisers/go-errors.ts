import { compilerError, errorsOf } from '../compiler-errors.ts';
import type { Recogniser } from '../recogniser.ts';
import { placeAt } from '../test-summary.ts';

/** `./main.go:5:2: undefined: x`; of go vet with `vet: ` before it. What tests log has no column. */
const error = /^(?:vet: )?([^\s:]+\.go):(\d+):(\d+): (.*)$/;

export const goErrors: Recogniser = {
  kind: compilerError,
  recognise: ({ lines }) =>
    errorsOf(
      'Go',
      lines.flatMap((line) => {
        const [, path, row, column, message] = error.exec(line) ?? [];
        return path === undefined || message === undefined ? [] : [{ place: placeAt(path, row, column), message }];
      }),
    ),
};
