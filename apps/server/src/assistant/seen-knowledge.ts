import { join } from 'node:path';
import { createKnowledge, type FeedbackStore, feedbackFile, type Knowledge, type Passage, resolvedPassages } from '@quarterdeck/assistant';
import { AppError, type IssueRecord, issueFeedbackFile } from '@quarterdeck/contract';
import type { IncidentHistory } from '../issues/incident-history.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';

export type KnowingCluster = Pick<SeenCluster, 'board' | 'sees'>;

/** What was written down, for one person: runbooks are everybody's, resolved issues those of what they may see. */
export interface SeenKnowledge {
  /** Null where nothing was written down. Without `withIssues` runbooks alone. */
  of(seen: KnowingCluster, withIssues: boolean): Promise<Knowledge | null>;
  /** Throws NOT_FOUND for an issue that is not over, or not theirs to see. */
  rate(seen: KnowingCluster, said: { id: string; rating: -1 | 0 | 1; note: string }): Promise<void>;
}

interface Means {
  stateDirectory: string;
  history: Pick<IncidentHistory, 'resolved'>;
  /** Read with the first question. */
  runbooks(): Promise<Passage[]>;
  /** Epoch milliseconds. */
  now(): number;
}

export function openSeenKnowledge({ stateDirectory, history, runbooks, now }: Means): SeenKnowledge {
  const feedback: FeedbackStore = feedbackFile(join(stateDirectory, issueFeedbackFile));
  let reading: Promise<Passage[]> | null = null;
  return {
    async of(seen, withIssues) {
      reading ??= runbooks();
      const records = withIssues ? visible(history, seen) : [];
      const passages = [...(await reading), ...resolvedPassages(records, records.length === 0 ? [] : await feedback.list())];
      return passages.length === 0 ? null : createKnowledge(passages);
    },
    async rate(seen, { id, rating, note }) {
      const record = visible(history, seen).find(({ issue }) => issue.id === id);
      if (record === undefined) throw new AppError('NOT_FOUND', `There is no resolved issue ${id}.`, { hint: 'List the issues with state=resolved.' });
      await feedback.add({ cluster: record.cluster, issueId: id, rating, note, at: new Date(now()).toISOString() });
    },
  };
}

/**
 * The history is kept apart by what people see; a policy may have been narrowed since, so every object that an issue
 * tells of is asked for again.
 */
function visible(history: Means['history'], seen: KnowingCluster): IssueRecord[] {
  return history.resolved(seen.board).filter(({ issue: { cause, affected, evidence } }) => {
    const told = [...(cause === null ? [] : [cause]), ...affected, ...evidence.map(({ object }) => object)];
    return told.every((ref) => seen.sees(ref));
  });
}
