import { type IssueFeedback, type IssueRecord, refLabel } from '@quarterdeck/contract';
import type { Passage } from './knowledge.ts';

/** Where feedback is kept; files and databases have their own. */
export interface FeedbackStore {
  list(): Promise<IssueFeedback[]>;
  add(feedback: IssueFeedback): Promise<void>;
}

/** The issues that went away, as knowledge: what it was, and what people said helped. The last word counts. */
export function resolvedPassages(records: readonly IssueRecord[], feedback: readonly IssueFeedback[]): Passage[] {
  return records.flatMap(({ cluster, issue, resolvedAt, recurrences }) => {
    if (resolvedAt === null) return [];
    const said = feedback.findLast((each) => each.cluster === cluster && each.issueId === issue.id);
    const lines = [
      issue.explanation,
      issue.cause === null ? '' : `Cause: ${refLabel(issue.cause)} (${issue.confidence}).`,
      said === undefined || said.note === '' ? '' : `What helped: ${said.note}`,
      `Resolved ${resolvedAt}${recurrences > 0 ? `, came back ${recurrences} times before` : ''}.`,
    ];
    return [
      {
        id: `resolved:${cluster}/${issue.id}`,
        type: 'resolved',
        title: issue.title,
        citation: `issue ${issue.id}, ${resolvedAt.slice(0, 10)}`,
        text: lines.filter((line) => line !== '').join('\n'),
        ...{ mechanisms: [issue.mechanism], codes: [], kinds: [issue.kind], rating: said?.rating ?? 0 },
      },
    ];
  });
}
