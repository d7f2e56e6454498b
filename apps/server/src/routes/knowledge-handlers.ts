import { readPrompts } from '@quarterdeck/assistant';
import { recordAct } from '@quarterdeck/cluster';
import { type knowledgeRoutes, routes } from '@quarterdeck/contract';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type Means = Pick<Services, 'clusters' | 'knowledge' | 'runbooks' | 'acts'>;
type Runbooks = 'getRunbook' | 'putRunbook' | 'deleteRunbook';

export function knowledgeHandlers(means: Means): Pick<RouteHandlers, keyof typeof knowledgeRoutes> {
  return { ...issueHandlers(means), ...foundHandlers(means), ...runbookHandlers(means) };
}

function issueHandlers({ clusters, knowledge, acts }: Means): Pick<RouteHandlers, 'rateIssue' | 'exportKnowledge'> {
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

function foundHandlers({ clusters, knowledge, runbooks }: Means): Pick<RouteHandlers, 'getKnowledge' | 'searchKnowledge' | 'listPrompts'> {
  return {
    getKnowledge: handle(routes.getKnowledge, async ({ cluster }, call) => {
      const seen = clusters.seenBy(call).get(cluster);
      const mayRead = call.actor.permissions.has('issue.read');
      const [folders, resolved] = await Promise.all([runbooks.list(), mayRead ? knowledge.resolved(seen) : []]);
      return { folders, resolved };
    }),
    searchKnowledge: handle(routes.searchKnowledge, async ({ cluster, text, limit }, call) => {
      const known = await knowledge.of(clusters.seenBy(call).get(cluster), call.actor.permissions.has('issue.read'));
      return { hits: (known?.search({ text, limit }) ?? []).map((hit) => ({ ...hit, because: [...hit.because] })) };
    }),
    listPrompts: handle(routes.listPrompts, () => ({ prompts: readPrompts() })),
  };
}

/** What is written here is found with the next question. */
function runbookHandlers({ knowledge, runbooks, acts }: Means): Pick<RouteHandlers, Runbooks> {
  return {
    getRunbook: handle(routes.getRunbook, async ({ folder, path }) => ({ markdown: await runbooks.read(folder, path) })),
    putRunbook: handle(routes.putRunbook, async ({ folder, path, markdown, isNew }, call) => {
      const draft = { action: 'runbook.write' as const, target: null, input: { folder, path, characters: markdown.length }, kubectl: null };
      const written = await recordAct(acts.of(call, null), draft, () => runbooks.write(folder, path, markdown, isNew));
      knowledge.forget();
      return written;
    }),
    deleteRunbook: handle(routes.deleteRunbook, async ({ folder, path }, call) => {
      const draft = { action: 'runbook.remove' as const, target: null, input: { folder, path }, kubectl: null };
      await recordAct(acts.of(call, null), draft, () => runbooks.remove(folder, path));
      knowledge.forget();
      return { done: true } as const;
    }),
  };
}

async function* linesOf(lines: Iterable<string>): AsyncGenerator<string> {
  for (const line of lines) yield `${line}\n`;
}
