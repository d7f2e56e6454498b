import { type IssueWatch, systemWatchClock } from '@quarterdeck/cluster';
import type { Issue } from '@quarterdeck/contract';
import type { IssueFeed } from '../clusters/issue-feed.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';

/** An issue that is not there for a moment, while pods are made anew, has not gone. Milliseconds. */
const steadyFor = 5_000;

/** What the diagnosis of a cluster, as one person sees it, says of an issue. It is held as long as somebody follows it. */
export function issueWatchOf(cluster: Pick<SeenCluster, 'holdIssues'>): IssueWatch {
  return {
    async *follow(id, signal) {
      const { feed, release } = await cluster.holdIssues();
      try {
        await feed.ready(signal);
        const before = new Map(feed.issues().map((issue) => [issue.id, issue]));
        const was = before.get(id);
        while (true) {
          const next = nextCheck(feed, signal);
          const now = standing(feed, id, before, was);
          if (now.open) yield now;
          else {
            await systemWatchClock.sleep(steadyFor, signal);
            const later = standing(feed, id, before, was);
            yield later;
            if (!later.open) return;
          }
          await next;
        }
      } finally {
        release();
      }
    },
  };
}

/** Gone is what the whole check does not see, unless the same object now has another fault: then it only looks different. */
function standing(feed: IssueFeed, id: string, before: ReadonlyMap<string, Issue>, was: Issue | undefined): { open: boolean; message: string } {
  const issues = feed.issues();
  const open = issues.find((issue) => issue.id === id);
  const held = feed.held(id);
  if (held !== null) return { open: true, message: `Its symptoms are gone; it counts as over when they stay away until ${timeOf(held.closesAt)}.` };
  if (open !== undefined) return { open: true, message: `It is still there: ${open.title}` };
  if (!feed.settled()) return { open: true, message: 'Not all of the cluster can be looked at now.' };
  const instead =
    was === undefined
      ? undefined
      : issues.find((issue) => !before.has(issue.id) && issue.kind === was.kind && issue.namespace === was.namespace && issue.name === was.name);
  if (instead !== undefined) return { open: true, message: `It is another fault now: ${instead.title}` };
  return { open: false, message: 'The issue is gone.' };
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Resolves after the next check, and at the latest after a while: an issue can come to rest without one. */
async function nextCheck(feed: IssueFeed, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const leave = feed.subscribe(resolve);
  const ended = new AbortController();
  const late = systemWatchClock.sleep(steadyFor, AbortSignal.any([signal, ended.signal])).then(resolve, resolve);
  try {
    await promise;
    signal.throwIfAborted();
  } finally {
    leave();
    ended.abort();
    await late;
  }
}
