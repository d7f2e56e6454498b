import type { Recogniser } from './recogniser.ts';
import { cargoTests } from './recognisers/cargo-tests.ts';
import { commandNotFound } from './recognisers/command-not-found.ts';
import { eslintErrors } from './recognisers/eslint-errors.ts';
import { gccErrors } from './recognisers/gcc-errors.ts';
import { gitConflicts } from './recognisers/git-conflicts.ts';
import { goErrors } from './recognisers/go-errors.ts';
import { goTests } from './recognisers/go-tests.ts';
import { jestTests } from './recognisers/jest-tests.ts';
import { junitTests } from './recognisers/junit-tests.ts';
import { kubectlErrors } from './recognisers/kubectl-errors.ts';
import { pytestTests } from './recognisers/pytest-tests.ts';
import { pythonTraceback } from './recognisers/python-traceback.ts';
import { rustErrors } from './recognisers/rust-errors.ts';
import { tapTests } from './recognisers/tap-tests.ts';
import { typescriptErrors } from './recognisers/typescript-errors.ts';
import { vitestTests } from './recognisers/vitest-tests.ts';

/** What is known of outputs. A new one is a file in `recognisers/` and a line here. */
export const allRecognisers: readonly Recogniser[] = [
  kubectlErrors,
  commandNotFound,
  vitestTests,
  jestTests,
  pytestTests,
  goTests,
  cargoTests,
  junitTests,
  tapTests,
  typescriptErrors,
  eslintErrors,
  gccErrors,
  goErrors,
  rustErrors,
  pythonTraceback,
  gitConflicts,
];
