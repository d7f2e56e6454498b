import { join } from 'node:path';
import { createKnowledge, type FeedbackStore, feedbackFile, type Knowledge, type Passage, resolvedPassages } from '@quarterdeck/assistant';
import { AppError, type IssueRecord, issueFeedbackFile } from '@quarterdeck/contract';
import type { IncidentHistory } from '../issues/incident-history.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';

export type KnowingCluster = Pick<SeenCluster, 'board' | 'sees'>;

/** What was written down, for one person: runbooks are everybody's, resolved issues those of what they may see. */
export interface SeenKnowledge {
  /** Runbooks were changed: the next one who asks finds them as they are. */
  forget(): void;
  /** Null where nothing was written down. Without `withIssues` runbooks alone. */
  of(seen: KnowingCluster, withIssues: boolean): Promise<Knowledge | null>;
  /** Resolved issues of a cluster, with what was said of them. */
  resolved(seen: KnowingCluster): Promise<Passage[]>;
  /** Throws NOT_FOUND for an issue that is not over, or not theirs to see. */
  rate(seen: KnowingCluster, said: { id: string; rating: -1 | 0 | 1; note: string }): Promise<void>;
}

interface Means {
  stateDirectory: string;
  history: Pick<IncidentHistory, 'resolved'>;
  /** Read again after so long, and after `forget`. */
  runbooks(): Promise<Passage[]>;
  /** Epoch milliseconds. */
  now(): number;
}

/** Milliseconds: whoever edits the files themselves waits no longer. */
const freshFor = 15_000;

export function openSeenKnowledge({ stateDirectory, history, runbooks, now }: Means): SeenKnowledge {
  const feedback: FeedbackStore = feedbackFile(join(stateDirectory, issueFeedbackFile));
  let held: { at: number; reading: Promise<Passage[]> } | null = null;
  const read = () => {
    if (held === null || now() - held.at > freshFor) held = { at: now(), reading: runbooks() };
    return held.reading;
  };
  const resolved = async (seen: KnowingCluster) => {
    const records = visible(history, seen);
    return resolvedPassages(records, records.length === 0 ? [] : await feedback.list());
  };
  return {
    forget() {
      held = null;
    },
    resolved,
    async of(seen, withIssues) {
      const passages = [...(await read()), ...(withIssues ? await resolved(seen) : [])];
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
