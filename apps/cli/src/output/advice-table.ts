import { type Advice, type AdviceReport, refLabel } from '@quarterdeck/contract';
import { counted, coverageNotes } from './issue-table.ts';
import { printable } from './printable.ts';
import { type Paint, painter } from './style.ts';
import { wrap } from './wrap.ts';

export interface AdviceTableOptions {
  columns: number;
  colour: boolean;
  /** `namespace shop`, or `cluster prod`: where it was looked. */
  where: string;
}

const indent = '  ';
/** Further places of one workload say the same of other containers. */
const mostPlaces = 3;

/** Advice for a person: one block a check, in it the workloads with what is said of them. */
export function adviceTable(report: AdviceReport, options: AdviceTableOptions): string {
  const paint = painter(options.colour);
  const blocks = [...Map.groupBy(report.advice, ({ check }) => check).values()].map((group) => checkBlock(group, options, paint));
  const parts = [...blocks, wrap(summary(report, options), options.columns), coverageNotes(report.coverage, options.columns, paint)];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function checkBlock(group: readonly Advice[], { columns }: AdviceTableOptions, paint: Paint): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const head = `${first.severity === 'low' ? '○ low ' : '· info'}  ${first.title}`;
  return [`${paint('bold', head)} ${paint('dim', first.check)}`, ...group.flatMap((advice) => objectLines(advice, columns))];
}

function objectLines({ object, places }: Advice, columns: number): string[] {
  const texts = [...new Set(places.map(({ container, message }) => printable(container === null ? message : `${container}: ${message}`)))];
  const rest = texts.length - mostPlaces;
  const shown = rest > 0 ? [...texts.slice(0, mostPlaces), `and ${rest} more of the kind`] : texts;
  return [`${indent}${printable(refLabel(object))}`, ...shown.flatMap((text) => wrap(text, columns, indent.repeat(2)))];
}

function summary({ advice, ignored }: AdviceReport, { where }: AdviceTableOptions): string {
  const silenced = ignored === 0 ? '' : ` ${counted(ignored, 'place')} silenced by annotation.`;
  if (advice.length === 0) return `Nothing to advise in ${where}.${silenced}`;
  const checks = new Set(advice.map(({ check }) => check)).size;
  return `${counted(checks, 'check')} with advice about ${counted(new Set(advice.map(({ object }) => refLabel(object))).size, 'object')} in ${where}. \`qd explain-check CODE\` says why it matters.${silenced}`;
}
