import type { Issue } from '@quarterdeck/contract';
import type { FeedHold } from '../clusters/shared-feed.ts';
import type { IssueBoard } from '../issues/issue-board.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';
import { paced } from './paced.ts';

/** That a check was made and found nothing new is told this often at most. Milliseconds. */
const quietGap = 5_000;

export interface IssuesOptions {
  namespace: string | undefined;
  state: 'open' | 'resolved';
  hold: FeedHold;
  board: IssueBoard;
  /** Calls back when somebody dismisses or restores an issue. */
  onDismissal(listener: () => void): () => void;
}

/** Sends the open issues, then what changes in them. Owns the hold on the diagnosis. */
export function subscribeIssues({ namespace, state, hold, board, onDismissal }: IssuesOptions, sink: FrameSink): LiveSubscription {
  /** What the client holds, by id; null where it must get everything anew. */
  let held: Map<string, string> | null = null;
  let around = '';
  let sentAt = 0;

  function flush(): void {
    if (sink.congested()) {
      held = null;
      pace.request();
      return;
    }
    const issues = board.list({ namespace, state, dismissed: false });
    const next = new Map(issues.map((issue) => [issue.id, JSON.stringify(issue)]));
    const frame = { dismissed: board.list({ namespace, dismissed: true }).length, coverage: board.coverage(), checkedAt: board.checkedAt() };
    const nextAround = JSON.stringify({ dismissed: frame.dismissed, coverage: frame.coverage });
    if (held === null) sink.send({ type: 'issuesSnapshot', issues, ...frame });
    else {
      const changes = difference(held, next, issues);
      const quiet = changes.upserts.length === 0 && changes.removes.length === 0 && nextAround === around;
      if (quiet && performance.now() - sentAt < quietGap) return;
      sink.send({ type: 'issuesDelta', ...changes, ...frame });
    }
    held = next;
    around = nextAround;
    sentAt = performance.now();
  }

  const pace = paced(flush);
  const ends = [hold.feed.subscribe(pace.request), onDismissal(pace.request)];
  if (board.checkedAt() !== null) pace.now();
  return {
    close() {
      pace.stop();
      for (const end of ends) end();
      hold.release();
    },
  };
}

function difference(held: ReadonlyMap<string, string>, next: ReadonlyMap<string, string>, issues: readonly Issue[]): { upserts: Issue[]; removes: string[] } {
  return {
    upserts: issues.filter((issue) => held.get(issue.id) !== next.get(issue.id)),
    removes: [...held.keys()].filter((id) => !next.has(id)),
  };
}
