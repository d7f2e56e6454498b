import { recordAct } from '@quarterdeck/cluster';
import { type knowledgeRoutes, routes } from '@quarterdeck/contract';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function knowledgeHandlers({
  clusters,
  knowledge,
  acts,
}: Pick<Services, 'clusters' | 'knowledge' | 'acts'>): Pick<RouteHandlers, keyof typeof knowledgeRoutes> {
  return {
    rateIssue: handle(routes.rateIssue, async ({ cluster, ...said }, call) => {
      const seen = clusters.seenBy(call).get(cluster);
      const draft = { action: 'issue.rate' as const, target: null, input: { issue: said.id, rating: said.rating }, kubectl: null };
      await recordAct(acts.of(call, seen.source.id), draft, () => knowledge.rate(seen, said));
      return { done: true } as const;
    }),
    exportKnowledge: handleStream(routes.exportKnowledge, async ({ cluster }, call) => {
      const known = await knowledge.of(clusters.seenBy(call).get(cluster), call.actor.permissions.has('issue.read'));
      return { chunks: linesOf(known?.jsonLines() ?? []), fileName: 'knowledge.jsonl' };
    }),
  };
}

async function* linesOf(lines: Iterable<string>): AsyncGenerator<string> {
  for (const line of lines) yield `${line}\n`;
}
