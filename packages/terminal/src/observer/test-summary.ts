import type { TerminalFinding } from '@quarterdeck/contract';
import { mostPlaces, type Recognised } from './recogniser.ts';

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

type Place = TerminalFinding['places'][number];

export const testSummary = 'testSummary';

/** How a test run is told, whichever tool ran it. Nothing where there were no tests. */
export function summaryOf(
  tool: string,
  { passed, failed, skipped }: TestCounts,
  failures: readonly string[] = [],
  places: readonly Place[] = [],
): Recognised[] {
  if (passed + failed + skipped === 0) return [];
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
  return [
    {
      title: failed === 0 ? `${tool}: ${passed} passed${rest}` : `${tool}: ${failed} failed, ${passed} passed${rest}`,
      detail: failures.length === 0 ? null : [...new Set(failures)].slice(0, 20).join('\n'),
      places: distinctPlaces(places),
    },
  ];
}

export function distinctPlaces(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.path}:${place.line ?? ''}:${place.column ?? ''}`, place])).values()].slice(0, mostPlaces);
}

/** The place that groups of a pattern name; a number that is none is left out. */
export function placeAt(path: string, line?: string, column?: string): Place {
  const [row, col] = [Number(line), Number(column)];
  return { path, ...(row > 0 ? { line: row } : {}), ...(row > 0 && col > 0 ? { column: col } : {}) };
}

/** The number before a word (`3 failed`), 0 where it is not there. */
export function countOf(text: string, word: string): number {
  return Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);
}
