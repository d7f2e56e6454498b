import { compilerError, errorsOf } from '../compiler-errors.ts';
import type { Recogniser } from '../recogniser.ts';
import { placeAt } from '../test-summary.ts';

/** `error[E0308]: mismatched types`, and below it ` --> src/main.rs:4:5`. */
const error = /^error(\[E\d+\])?: (.*)$/;
const place = /^\s+--> (\S+?):(\d+):(\d+)$/;

export const rustErrors: Recogniser = {
  kind: compilerError,
  recognise: ({ lines }) =>
    errorsOf(
      'Rust',
      lines.flatMap((line, index) => {
        const [, code = '', message] = error.exec(line) ?? [];
        const below = lines.slice(index + 1, index + 4).find((next) => place.test(next));
        const [, path, row, column] = place.exec(below ?? '') ?? [];
        return message === undefined || path === undefined ? [] : [{ place: placeAt(path, row, column), message: `${message} ${code}`.trim() }];
      }),
    ),
};
