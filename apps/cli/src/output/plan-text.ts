import type { Issue, Plan, PlanStep } from '@quarterdeck/contract';
import { printable } from './printable.ts';
import { painter } from './style.ts';
import { wrap } from './wrap.ts';

export interface PlanTextOptions {
  columns: number;
  colour: boolean;
}

/** A plan for a person, as Markdown. Commands are on lines of their own, never wrapped: they are there to be copied. */
export function planText(issue: Pick<Issue, 'title' | 'explanation'>, plan: Plan, { columns, colour }: PlanTextOptions): string {
  const paint = painter(colour);
  const { quickFix } = plan;
  const paragraph = (text: string) => wrap(printable(text), columns);
  const sections = [
    [paint('bold', `# ${printable(issue.title)}`)],
    paragraph(issue.explanation),
    [paint('bold', '## Quick fix'), ...paragraph(quickFix.summary)],
    ...quickFix.steps.map((step, i) => stepLines(step, i + 1, columns)),
    ...list('If that does not help', quickFix.fallback === '' ? [] : [quickFix.fallback]),
    ...list('Assumptions', quickFix.assumptions),
    ...list('Likely causes', plan.rootCauseHypotheses),
    ...list('Evidence to gather', plan.evidenceToGather),
    ...list('Recommendations', plan.recommendations),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;

  function list(title: string, items: readonly string[]): string[][] {
    return items.length === 0 ? [] : [[paint('bold', `## ${title}`), ...items.flatMap((item) => bullet(printable(item), columns))]];
  }
}

function stepLines(step: PlanStep, number: number, columns: number): string[] {
  const heading = `${number}. `;
  const [first = '', ...more] = wrap(printable(step.description), columns, '   ');
  return [
    heading + first.trimStart(),
    ...more,
    ...(step.kubectl === null ? [] : [`       ${printable(step.kubectl)}`]),
    ...wrap(`Check: ${printable(step.validation)}`, columns, '   '),
    ...(step.rollback === null ? [] : undo(printable(step.rollback), columns)),
    `   Impact: ${step.impact}`,
  ];
}

/** A command stays whole; prose is wrapped. */
function undo(rollback: string, columns: number): string[] {
  return rollback.startsWith('kubectl ') ? ['   Undo:', `       ${rollback}`] : wrap(`Undo: ${rollback}`, columns, '   ');
}

function bullet(text: string, columns: number): string[] {
  const [first = '', ...more] = wrap(text, columns, '  ');
  return [`- ${first.trimStart()}`, ...more];
}
