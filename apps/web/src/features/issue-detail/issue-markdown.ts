import { type ChainNode, type IssueDetail, type Plan, refLabel } from '@quarterdeck/contract';

/** An issue with its plan as Markdown, for a ticket or a chat. */
export function issueMarkdown(issue: IssueDetail, plan: Plan | null): string {
  const facts = [`Severity: ${issue.severity}`, `Confidence: ${issue.confidence}`, `Since: ${issue.detectedAt}`];
  if (issue.namespace !== null) facts.push(`Namespace: ${issue.namespace}`);
  const parts = [
    `# ${issue.title}`,
    issue.explanation,
    list(facts),
    section('How it spreads', list(issue.chains.map(chainText))),
    section(
      'Evidence',
      list(
        issue.evidence.map(
          (piece) =>
            `${piece.decisive ? '**decisive** ' : ''}${piece.source}, ${refLabel(piece.object)}: ${oneLine(piece.text)}${piece.at === null ? '' : ` (${piece.at})`}`,
        ),
      ),
    ),
    section('What changed before', list(issue.changes.map((change) => `${change.at} ${oneLine(change.what)} (${refLabel(change.object)}, by ${change.by})`))),
    section('Not seen', list(issue.notSeen)),
    plan === null ? '' : planMarkdown(plan),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

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
    section('Assumptions', list(assumptions)),
    section('If that does not help', fallback),
    section('Hypotheses', list(plan.rootCauseHypotheses)),
    section('Evidence to gather', list(plan.evidenceToGather)),
    section('Recommendations', list(plan.recommendations)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function chainText(chain: readonly ChainNode[]): string {
  return chain
    .map((node) => {
      const link = node.relation === null ? '' : ` ← ${[node.relation, node.relationDetail].filter((part) => part !== null).join(' ')} — `;
      return `${link}${refLabel(node.object)} (${node.stateText})`;
    })
    .join('');
}

function section(title: string, body: string): string {
  return body === '' ? '' : `### ${title}\n\n${body}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${oneLine(item)}`).join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
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
