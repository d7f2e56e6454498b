import type { FeedHold } from '../clusters/shared-feed.ts';
import type { IssueBoard } from '../issues/issue-board.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';
import { paced } from './paced.ts';

export interface IssueOptions {
  issue: string;
  hold: { feed: Pick<FeedHold['feed'], 'subscribe'>; release: FeedHold['release'] };
  board: Pick<IssueBoard, 'find' | 'checkedAt'>;
  /** Each calls back when something is recorded of issues: who dismissed one, what became of it. */
  onRecord: readonly ((listener: () => void) => () => void)[];
}

/** Sends one issue with everything whenever anything of it is another: its chain, its evidence, its life. Owns the hold on the diagnosis. */
export function subscribeIssue({ issue: id, hold, board, onRecord }: IssueOptions, sink: FrameSink): LiveSubscription {
  let told = '';
  function flush(): void {
    if (sink.congested()) {
      pace.request();
      return;
    }
    const checkedAt = board.checkedAt();
    if (checkedAt === null) return;
    const issue = board.find(id);
    const news = JSON.stringify(issue);
    if (news === told) return;
    told = news;
    sink.send({ type: 'issueSnapshot', issue, checkedAt });
  }
  const pace = paced(flush);
  const ends = [hold.feed.subscribe(pace.request), ...onRecord.map((listen) => listen(pace.request))];
  pace.now();
  return {
    close() {
      pace.stop();
      for (const end of ends) end();
      hold.release();
    },
  };
}
