import type { AskedCluster } from '@quarterdeck/assistant';
import { AppError } from '@quarterdeck/contract';
import type { FeedHold } from '../clusters/shared-feed.ts';
import type { Asker } from '../policy/seen-clusters.ts';
import { boardOf, type Services } from '../routes/services.ts';

/** A cluster as one person sees it, for the assistant and its tools. The diagnosis is kept until `lifetime` aborts. */
export async function askedCluster(services: Services, asker: Asker, id: string | undefined, lifetime: AbortSignal): Promise<AskedCluster> {
  const seen = services.clusters.seenBy(asker).get(id);
  const access = await seen.access();
  let holding: Promise<FeedHold> | null = null;
  const hold = async () => {
    lifetime.throwIfAborted();
    const held = await seen.holdIssues();
    if (lifetime.aborted) held.release();
    else lifetime.addEventListener('abort', held.release, { once: true });
    return held;
  };
  return {
    id: seen.source.id,
    access,
    namespace: seen.source.namespace,
    async checked(signal) {
      holding ??= hold();
      const { feed } = await holding;
      await feed.ready(signal);
      const view = feed.view();
      if (view === null) throw new AppError('CLUSTER_ERROR', 'The first check is not done yet.', { hint: 'Try again in a moment.' });
      const board = boardOf(services, seen, feed);
      const open = board.list({ dismissed: false });
      return { issues: open.map((issue) => board.detail(issue.id)), coverage: feed.coverage(), view, plan: (request) => feed.plan(request) };
    },
  };
}
