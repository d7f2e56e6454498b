import type { ClusterAccess } from '@quarterdeck/cluster';
import { isKind, type KubeObject, routes } from '@quarterdeck/contract';
import { listResources } from '../resources/list-resources.ts';
import { showObject, type ValueLengths } from '../resources/show-object.ts';
import { readTree } from '../tree/read-tree.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type ResourceRoutes = 'listKinds' | 'listResources' | 'getResource' | 'getTree';

export function resourceHandlers({ clusters }: Services): Pick<RouteHandlers, ResourceRoutes> {
  return {
    listKinds: handle(routes.listKinds, ({ cluster }, call) => clusters.seenBy(call).get(cluster).kinds(call.signal)),
    listResources: handle(routes.listResources, ({ cluster, namespace, filter = '', sort = '', ...rest }, call) =>
      listResources(clusters.seenBy(call).get(cluster), { ...rest, namespace, filter, sort }, call.signal),
    ),
    getResource: handle(routes.getResource, async ({ cluster, kind, namespace, name }, call) => {
      const { signal } = call;
      const runtime = clusters.seenBy(call).get(cluster);
      const [access, resourceKind] = await Promise.all([runtime.access(), runtime.kind(kind, signal)]);
      const object = await access.get(resourceKind, namespace ?? null, name, signal);
      return showObject(object, await valueLengths(access, object, signal));
    }),
    getTree: handle(routes.getTree, ({ cluster, namespace }, call) => readTree(clusters.seenBy(call).get(cluster), namespace ?? null, call.signal)),
  };
}

/** How long the values of a Secret are; nothing where they may not be measured, and for any other kind. */
async function valueLengths(access: ClusterAccess, object: KubeObject, signal: AbortSignal): Promise<ValueLengths> {
  const { namespace, name } = object.metadata;
  if (!isKind(object, 'Secret') || namespace === undefined) return {};
  const answer = await access.evidence.read({ need: 'secretShape', namespace, name }, signal);
  if (answer.state !== 'answered' || answer.need !== 'secretShape') return {};
  return Object.fromEntries(Object.entries(answer.value.keys).map(([key, { length }]) => [key, length]));
}
