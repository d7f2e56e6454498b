import { type Issue, refLabel } from '@quarterdeck/contract';
import { printable } from './printable.ts';
import { painter, severityMarks } from './style.ts';
import { wrap } from './wrap.ts';

export interface NewsOfIssue {
  state: 'detected' | 'changed' | 'resolved';
  issue: Issue;
}

const words = { detected: 'new', changed: 'changed', resolved: 'resolved' } as const;

/** One piece of news for a person: what has become of an issue, and why it is there. */
export function issueNews({ state, issue }: NewsOfIssue, at: string, { columns, colour }: { columns: number; colour: boolean }): string {
  const paint = painter(colour);
  const { mark, format } = severityMarks[issue.severity];
  const about = issue.cause === null ? `${issue.kind} ${issue.namespace ?? ''}/${issue.name}` : refLabel(issue.cause);
  const heading = `${at.slice(11, 19)} ${words[state].padEnd(8)} ${mark} ${issue.severity.padEnd(8)} `;
  const why = state === 'resolved' ? [] : wrap(printable(issue.explanation), columns, '  ');
  const title = `${printable(issue.title)} (${printable(about)}, id ${issue.id})`;
  return `${[state === 'resolved' ? paint('dim', heading + title) : paint(format, heading) + paint('bold', title), ...why].join('\n')}\n`;
}
