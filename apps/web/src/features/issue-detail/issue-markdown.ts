import { type ChainNode, type IssueDetail, markdownList, markdownSection, oneLine, type Plan, planMarkdown, refLabel } from '@quarterdeck/contract';

/** An issue with its plan as Markdown, for a ticket or a chat. */
export function issueMarkdown(issue: IssueDetail, plan: Plan | null): string {
  const facts = [`Severity: ${issue.severity}`, `Confidence: ${issue.confidence}`, `Since: ${issue.detectedAt}`];
  if (issue.namespace !== null) facts.push(`Namespace: ${issue.namespace}`);
  const parts = [
    `# ${issue.title}`,
    issue.explanation,
    markdownList(facts),
    markdownSection('How it spreads', markdownList(issue.chains.map(chainText))),
    markdownSection(
      'Evidence',
      markdownList(
        issue.evidence.map(
          (piece) =>
            `${piece.decisive ? '**decisive** ' : ''}${piece.source}, ${refLabel(piece.object)}: ${oneLine(piece.text)}${piece.at === null ? '' : ` (${piece.at})`}`,
        ),
      ),
    ),
    markdownSection(
      'What changed before',
      markdownList(issue.changes.map((change) => `${change.at} ${oneLine(change.what)} (${refLabel(change.object)}, by ${change.by})`)),
    ),
    markdownSection('Not seen', markdownList(issue.notSeen)),
    plan === null ? '' : planMarkdown(plan),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function chainText(chain: readonly ChainNode[]): string {
  return chain
    .map((node) => {
      const link = node.relation === null ? '' : ` ← ${[node.relation, node.relationDetail].filter((part) => part !== null).join(' ')} — `;
      return `${link}${refLabel(node.object)} (${node.stateText})`;
    })
    .join('');
}
