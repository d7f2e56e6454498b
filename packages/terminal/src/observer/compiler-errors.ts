import type { TerminalFinding } from '@quarterdeck/contract';
import type { Recognised } from './recogniser.ts';
import { distinctPlaces } from './test-summary.ts';

export interface CompilerError {
  place: TerminalFinding['places'][number];
  message: string;
}

export const compilerError = 'compilerError';

/** All that one tool complained of, as one finding. */
export function errorsOf(tool: string, errors: readonly CompilerError[]): Recognised[] {
  const [first] = errors;
  if (first === undefined) return [];
  const shown = errors.slice(0, 20).map(({ place, message }) => `${place.path}${place.line === undefined ? '' : `:${place.line}`}: ${message}`);
  return [
    {
      title: errors.length === 1 ? `${tool}: ${first.message}` : `${tool}: ${errors.length} errors`,
      detail: shown.join('\n'),
      places: distinctPlaces(errors.map(({ place }) => place)),
    },
  ];
}
