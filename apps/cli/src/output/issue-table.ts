import { type Coverage, type Issue, type IssueReport, refLabel, type Severity, severities } from '@quarterdeck/contract';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import { type Paint, painter, severityMarks } from './style.ts';
import { wrap } from './wrap.ts';

export interface TableOptions {
  columns: number;
  colour: boolean;
  /** Epoch milliseconds. */
  now: number;
  /** `namespace shop`, or `cluster prod`: where it was looked. */
  where: string;
  objectsChecked: number;
  /** Only these severities are in the report; null where nothing is left out. */
  worstOf: Severity | null;
}

const indent = '  ';
const noBreak = '\u00a0';

/** The report for a person: the worst first, each with its cause, and what could not be looked at. */
export function issueTable(report: IssueReport, options: TableOptions): string {
  const paint = painter(options.colour);
  const blocks = report.issues.map((issue) => issueBlock(issue, options, paint));
  const parts = [...blocks, wrap(summary(report, options), options.columns), coverageNotes(report.coverage, options.columns, paint)];
  const text = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}

function issueBlock(issue: Issue, { columns, now }: TableOptions, paint: Paint): string[] {
  const { mark, format } = severityMarks[issue.severity];
  const heading = `${mark} ${issue.severity.padEnd(8)} `;
  const [first = '', ...more] = wrap(printable(issue.title), columns - heading.length);
  const since = Date.parse(issue.detectedAt);
  const facts = [
    labelOf(issue),
    issue.confidence,
    ...(Number.isNaN(since) ? [] : [`for ${duration(now - since)}`]),
    ...affected(issue),
    ...foundBy(issue),
    `id ${issue.id}`,
  ];
  return [
    paint(format, heading) + paint('bold', first),
    ...more.map((line) => ' '.repeat(heading.length) + paint('bold', line)),
    ...wrap(facts.map((fact) => keepTogether(printable(fact))).join(' · '), columns, indent).map((line) => paint('dim', line.replaceAll(noBreak, ' '))),
    ...wrap(printable(issue.explanation), columns, indent),
  ];
}

function keepTogether(fact: string): string {
  return fact.replaceAll(' ', noBreak);
}

function labelOf(issue: Issue): string {
  return issue.cause === null ? refLabel({ apiVersion: '', kind: issue.kind, namespace: issue.namespace, name: issue.name }) : refLabel(issue.cause);
}

function affected({ affected: objects }: Issue): string[] {
  return objects.length === 0 ? [] : [`affects ${counted(objects.length, 'object')}`];
}

/** Where others found it too, or they alone. */
function foundBy({ sources = [] }: Issue): string[] {
  if (!sources.some(({ source }) => source === 'k8sgpt')) return [];
  return [sources.some(({ source }) => source === 'quarterdeck') ? 'K8sGPT says so too' : 'found by K8sGPT'];
}

function summary({ issues }: IssueReport, { where, objectsChecked, worstOf }: TableOptions): string {
  const checked = `${counted(objectsChecked, 'object')} checked`;
  if (issues.length === 0) {
    return worstOf === null || worstOf === 'low'
      ? `Nothing is broken in ${where} (${checked}).`
      : `No issue of severity ${worstOf} or worse in ${where} (${checked}).`;
  }
  const counts = severities.flatMap((severity) => {
    const count = issues.filter((issue) => issue.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${counted(issues.length, 'issue')} in ${where} (${counts.join(', ')}; ${checked}). \`qd plan ID\` proposes a fix.`;
}

/** What could not be looked at, one a line; nothing where all was seen. */
export function coverageNotes(coverage: Coverage, columns: number, paint: Paint): string[] {
  if (coverage.skipped.length === 0) return [];
  const notes = coverage.skipped.flatMap(({ what, reason }) => wrap(printable(`${what}: ${reason}`), columns, indent));
  return [paint('yellow', 'Not looked at:'), ...notes];
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
