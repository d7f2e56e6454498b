import { type RouteOutput, routes, seesAll, type TerminalRequest } from '@quarterdeck/contract';
import type { ShellCluster } from '../terminal/terminal-desk.ts';
import { handle, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';
import { setShellCluster } from './terminal-shell-handlers.ts';

type TerminalRoutes = 'listTerminals' | 'createTerminal' | 'changeTerminal' | 'endTerminal' | 'signalTerminal' | 'getTerminalHost';

export function terminalHandlers(services: Services): Pick<RouteHandlers, TerminalRoutes> {
  const { terminals } = services;
  return {
    listTerminals: handle(routes.listTerminals, (_input, call): Promise<RouteOutput<typeof routes.listTerminals>> => terminals.list(call)),
    createTerminal: handle(routes.createTerminal, ({ cluster, ...request }, call) =>
      terminals.create(request, clusterOf(services, cluster, request, call), call),
    ),
    changeTerminal: handle(routes.changeTerminal, async ({ id, kube, ...change }, call) => {
      if (kube !== undefined) await setShellCluster(services, id, kube, call);
      return terminals.change(id, change, call);
    }),
    endTerminal: handle(routes.endTerminal, ({ id }, call) => terminals.end(id, call)),
    signalTerminal: handle(routes.signalTerminal, ({ id, signal, pid }, call) => terminals.signal(id, signal, pid, call)),
    getTerminalHost: handle(routes.getTerminalHost, (_input, call) => terminals.state(call)),
  };
}

/**
 * What a new shell is told of the cluster. The kubeconfig of the machine sees more than an access policy may allow: who does
 * not see all of a cluster has none of it in the shell, nor has anybody in a team.
 */
function clusterOf({ clusters }: Services, cluster: string | undefined, { namespace, pinned }: TerminalRequest, call: RouteCallContext): ShellCluster | null {
  const { actor } = call;
  if (actor.organisation !== null || actor.policy !== seesAll) return null;
  const found = clusters.find(cluster);
  if (found === null) return null;
  const { source, production } = clusters.seenBy(call).get(cluster);
  if (source.recordedAt !== null) return null;
  const productionContexts = clusters
    .seenBy(call)
    .list()
    .flatMap((known) => (known.production ? [known.name] : []));
  return { context: source.name, namespace: namespace ?? source.namespace, pinned: pinned ?? false, production, productionContexts };
}
