import { listWhereAllowed } from '@quarterdeck/cluster';
import { withIssues } from '../routes/services.ts';
import type { ServerMeans } from './mcp-server.ts';

type Complete = (value: string, context?: { arguments?: Record<string, string> }) => Promise<string[]>;

/** As many as the protocol lets a server tell at once. */
const most = 100;

/** Names as they are typed: of clusters, namespaces, kinds, objects and issues that the caller may know of. */
export function completionsOf({
  services,
  caller,
}: Pick<ServerMeans, 'services' | 'caller'>): Record<'cluster' | 'namespace' | 'kind' | 'name' | 'id', Complete> {
  const asker = { actor: caller.agent };
  const may = (permission: 'cluster.read' | 'resource.read' | 'issue.read') => asker.actor.permissions.has(permission);
  const named = (id: string | undefined) => (id === undefined || id === '-' ? undefined : id);
  const seen = (context?: { arguments?: Record<string, string> }) => services.clusters.seenBy(asker).get(named(context?.arguments?.cluster));
  const signal = () => AbortSignal.timeout(5_000);
  return {
    cluster: async (value) =>
      may('cluster.read')
        ? fitting(
            services.clusters
              .seenBy(asker)
              .list()
              .map(({ id }) => id),
            value,
          )
        : [],
    namespace: async (value, context) =>
      may('resource.read')
        ? fitting(
            (await seen(context).namespaces()).namespaces.map(({ name }) => name),
            value,
          )
        : [],
    kind: async (value, context) =>
      may('resource.read')
        ? fitting(
            (await seen(context).kinds(signal())).map(({ kind }) => kind),
            value,
          )
        : [],
    name: async (value, context) => {
      const { kind: text, namespace } = context?.arguments ?? {};
      if (!may('resource.read') || text === undefined) return [];
      const cluster = seen(context);
      const kind = (await cluster.kinds(signal())).find((each) => each.kind.toLowerCase() === text.toLowerCase());
      if (kind === undefined) return [];
      const place = { namespace: namespace === '-' ? null : (namespace ?? null), hint: cluster.source.namespace, signal: signal() };
      const objects = await listWhereAllowed(await cluster.access(), kind, place);
      return fitting(
        objects.map(({ metadata }) => metadata.name),
        value,
      );
    },
    id: async (value, context) => {
      if (!may('issue.read')) return [];
      const call = { ...asker, signal: signal() };
      return withIssues(services, named(context?.arguments?.cluster), call, (board) =>
        fitting(
          board.list({ dismissed: false }).map(({ id }) => id),
          value,
        ),
      );
    },
  };
}

function fitting(names: readonly string[], typed: string): string[] {
  const word = typed.toLowerCase();
  return [...new Set(names)].filter((name) => name.toLowerCase().includes(word)).slice(0, most);
}
