import { compilerError, errorsOf } from '../compiler-errors.ts';
import type { Recogniser } from '../recogniser.ts';
import { placeAt } from '../test-summary.ts';

/** GCC and Clang: `main.c:3:5: error: …`. */
const error = /^([^\s:][^:]*\.(?:c|cc|cpp|cxx|h|hh|hpp|m|mm)):(\d+):(?:(\d+):)? (?:fatal )?error: (.*)$/;

export const gccErrors: Recogniser = {
  kind: compilerError,
  recognise: ({ lines }) =>
    errorsOf(
      'Compiler',
      lines.flatMap((line) => {
        const [, path, row, column, message] = error.exec(line) ?? [];
        return path === undefined || message === undefined ? [] : [{ place: placeAt(path, row, column), message }];
      }),
    ),
};
