import { type IssueRecord, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Passage } from './knowledge.ts';

/** What somebody said of an issue after it was over. */
export const issueFeedbackSchema = z.object({
  cluster: z.string(),
  issueId: z.string(),
  /** Whether the cause that was named was the right one. */
  rating: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
  /** What helped, in their own words. */
  note: z.string().max(4000),
  at: z.iso.datetime(),
});
export type IssueFeedback = z.infer<typeof issueFeedbackSchema>;

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
