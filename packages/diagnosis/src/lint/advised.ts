import { type TestOptions, testView } from '../testing/index.ts';
import { type LintOptions, lint } from './lint.ts';

/** For tests: what lint says of these objects, as `code object`, in the order of the list; an object with several places stands there once. */
export function advised(yaml: string, options: LintOptions & TestOptions = {}): string[] {
  const { advice } = lint(testView(yaml, options).view, options);
  return advice.map(({ check, object }) => `${check} ${object.name}`);
}

/** What one check says of these objects, in its own words. */
export function said(check: string, yaml: string, options: LintOptions & TestOptions = {}): string[] {
  const { advice } = lint(testView(yaml, options).view, { ...options, check, policy: true });
  return advice.flatMap(({ places }) => places.map(({ message }) => message));
}
