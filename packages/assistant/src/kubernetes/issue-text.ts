import { type ChainNode, type Evidence, type IssueDetail, refLabel } from '@quarterdeck/contract';

const mostEvidence = 12;
const mostAffected = 10;

/** An issue as a model reads it: the cause, how it leads to the symptom, what proves it. Lines of logs are not in it but for what the explanation quotes. */
export function issueText(issue: IssueDetail): string {
  const { title, severity, confidence, detectedAt, cause, mechanism, explanation, chains, evidence, affected, notSeen } = issue;
  const proof = evidence.filter(({ source }) => source !== 'log');
  return [
    title,
    `Severity ${severity}, ${confidence}, since ${detectedAt}. Id ${issue.id}.`,
    `Cause: ${cause === null ? 'not known' : refLabel(cause)} (${mechanism}). ${explanation}`,
    ...listed('How it leads to the symptom:', (chains[0] ?? []).map(chainLine)),
    ...listed('Evidence:', proof.slice(0, mostEvidence).map(evidenceLine)),
    ...listed('Affected:', affected.slice(0, mostAffected).map(refLabel)),
    ...(affected.length > mostAffected ? [`- and ${affected.length - mostAffected} more`] : []),
    ...listed('Could not be looked at:', notSeen),
  ].join('\n');
}

/** What its words may quote of logs. */
export function logQuotes({ evidence }: IssueDetail): string[] {
  return evidence.filter(({ source }) => source === 'log').flatMap(({ text, value }) => (value === null ? [text] : [text, value]));
}

function listed(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `- ${line}`)];
}

function chainLine({ object, stateText, exists, relation, relationDetail }: ChainNode): string {
  const how = relation === null ? '' : ` (${relation}${relationDetail === null ? '' : `: ${relationDetail}`})`;
  return `${refLabel(object)}: ${stateText || (exists ? 'there' : 'missing')}${how}`;
}

function evidenceLine({ object, path, text, at, count, decisive }: Evidence): string {
  const place = path === null ? '' : ` ${path}`;
  const times = count === null || count === 1 ? '' : `, ${count} times`;
  return `${decisive ? 'decisive: ' : ''}${refLabel(object)}${place}: ${text}${at === null ? '' : ` (${at}${times})`}`;
}
