import type { TerminalFinding } from '@quarterdeck/contract';

/** A command that ended, with what it put out: as text in logical lines, with secrets replaced. */
export interface EndedCommand {
  /** Empty where it is not known. */
  command: string;
  exit: number | null;
  lines: readonly string[];
}

/** Whatever is left out has nothing. */
export type Recognised = Pick<TerminalFinding, 'title'> & Partial<Omit<TerminalFinding, 'id' | 'block' | 'kind' | 'title'>>;

/** Knows one kind of output: one file, one test, one line in `all-recognisers.ts`. Pure, and linear in the length of the output. */
export interface Recogniser {
  /** Of its findings as well: `testSummary`. */
  readonly kind: string;
  recognise(ended: EndedCommand): readonly Recognised[];
}

/** Most that is told of one command. */
export const mostPlaces = 50;

/** A line that is longer is no message to a person. Characters. */
const longestLine = 2000;

/** What recognisers look at of an output: its end counts most, errors stand at the beginning as well. */
export function linesToLookAt(lines: readonly string[], most = 3000): readonly string[] {
  const all = lines.length <= most ? lines : [...lines.slice(0, most / 3), ...lines.slice(-(most * 2) / 3)];
  return all.map((line) => (line.length <= longestLine ? line : line.slice(0, longestLine)));
}
