import { type CompilerError, compilerError, errorsOf } from '../compiler-errors.ts';
import type { Recogniser } from '../recogniser.ts';
import { placeAt } from '../test-summary.ts';

/** A file by itself on a line, and below it `  3:7  error  'x' is not defined  no-undef`. */
const file = /^(\/?\S.*\.(?:[cm]?[jt]sx?|vue|svelte))$/;
const error = /^\s+(\d+):(\d+)\s+error\s+(.*?)\s{2,}(\S+)$/;

export const eslintErrors: Recogniser = {
  kind: compilerError,
  recognise({ lines }) {
    const errors: CompilerError[] = [];
    let path: string | undefined;
    for (const line of lines) {
      path = file.exec(line)?.[1] ?? path;
      const [, row, column, message, rule] = error.exec(line) ?? [];
      if (path !== undefined && message !== undefined) errors.push({ place: placeAt(path, row, column), message: `${message} (${rule})` });
    }
    return errorsOf('ESLint', errors);
  },
};
