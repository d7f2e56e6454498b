import { markdownList, markdownSection, oneLine } from './markdown.ts';
import type { Plan } from './plan.ts';

/** A plan as Markdown, for a ticket or a chat. */
export function planMarkdown(plan: Plan): string {
  const { summary, assumptions, steps, fallback } = plan.quickFix;
  const parts = [
    '## Plan',
    summary,
    ...steps.map((step, index) => {
      const lines = [`${index + 1}. ${oneLine(step.description)} (impact: ${step.impact})`];
      if (step.kubectl !== null) lines.push('', indent(fence(step.kubectl)), '');
      lines.push(`   - Check: ${oneLine(step.validation)}`);
      if (step.rollback !== null) lines.push(`   - Undo: ${oneLine(step.rollback)}`);
      return lines.join('\n');
    }),
    markdownSection('Assumptions', markdownList(assumptions)),
    markdownSection('If that does not help', fallback),
    markdownSection('Hypotheses', markdownList(plan.rootCauseHypotheses)),
    markdownSection('Evidence to gather', markdownList(plan.evidenceToGather)),
    markdownSection('Recommendations', markdownList(plan.recommendations)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A fence that is longer than any run of backticks inside. */
function fence(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}sh\n${code}\n${ticks}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '   ');
}
