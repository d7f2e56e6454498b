import type { ChainNode, Evidence, IssueDetail } from '@quarterdeck/contract';
import { ago, bullets, code, inText, label } from '../markdown.ts';

const certainty = {
  certain: 'the state of the cluster entails it',
  likely: 'the state of the cluster and one corroboration say so',
  possible: 'a possibility',
  unexplained: 'no cause was found',
} as const;

const mostEvidence = 6;
const mostChanges = 3;

/** An issue in Markdown: the mechanism, the cause, the way to the symptom, what proves it, what changed before. */
export function issueText(issue: IssueDetail, now: number): string {
  const { id, title, severity, explanation, cause, confidence, chains, changes, notSeen } = issue;
  const changed = changes.slice(-mostChanges).map(({ at, object, by, what }) => `${ago(at, now)}: ${code(by)} on ${label(object)}: ${inText(what)}`);
  const parts = [
    `### ${inText(title)}`,
    inText(explanation),
    cause === null ? `No cause was found (${severity}).` : `**Cause:** ${label(cause)} (${confidence}: ${certainty[confidence]}).`,
    chainText(chains[0] ?? []),
    section('What proves it', evidenceLines(issue.evidence)),
    section('What changed before', changed),
    section('What could not be seen', notSeen.map(inText)),
    `Issue ${code(id)}, ${severity}.`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `**${title}:**\n\n${bullets(items)}`;
}

function chainText(chain: readonly ChainNode[]): string {
  if (chain.length < 2) return '';
  const nodes = chain.map(
    ({ object, stateText, relation }, index) => `${index === 0 || relation === null ? '' : `${inText(relation)} → `}${label(object)} (${inText(stateText)})`,
  );
  return `**From cause to symptom:** ${nodes.join(' → ')}`;
}

function evidenceLines(evidence: readonly Evidence[]): string[] {
  const decisiveFirst = evidence.toSorted((a, b) => Number(b.decisive) - Number(a.decisive));
  return decisiveFirst.slice(0, mostEvidence).map(({ object, text, decisive, path }) => {
    const where = path === null ? label(object) : `${label(object)} ${code(path)}`;
    return `${inText(text)} (${where}${decisive ? ', decisive' : ''})`;
  });
}
