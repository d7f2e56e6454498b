import {
  applyChange,
  applyChanges,
  compareRevisions,
  followRollout,
  manifestChanges,
  previewChange,
  previewChanges,
  readDocuments,
  readDrainPlan,
  readRollout,
  startDrain,
} from '@quarterdeck/cluster';
import { AppError, builtInKinds, type Change, type ObjectRef, routes } from '@quarterdeck/contract';
import { checkPermission } from '../changes/check-permission.ts';
import { jsonLines } from '../changes/json-lines.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';
import { handle, handleStream, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type SingleRoutes = 'parseManifests' | 'previewChange' | 'applyChange';
type BulkRoutes = 'previewChanges' | 'applyChanges' | 'deleteObjects' | 'changeNodes';
type RolloutRoutes = 'getRollout' | 'followRollout' | 'compareRevisions';
type DrainRoutes = 'planDrain' | 'drainNode';

export function changeHandlers(services: Services): Pick<RouteHandlers, SingleRoutes | BulkRoutes | RolloutRoutes | DrainRoutes> {
  return { ...singleHandlers(services), ...bulkHandlers(services), ...rolloutHandlers(services), ...drainHandlers(services) };
}

function singleHandlers({ acts, clusters }: Services): Pick<RouteHandlers, SingleRoutes> {
  return {
    parseManifests: handle(routes.parseManifests, async ({ cluster, text, verb, namespace, force }, call) => {
      const kinds = await clusters.seenBy(call).get(cluster).kinds(call.signal);
      return { changes: manifestChanges(readDocuments(text, 'text'), { verb, kinds, namespace, force, enforceNamespace: false }) };
    }),
    previewChange: handle(routes.previewChange, async ({ cluster, change }, call) =>
      previewChange(await clusters.seenBy(call).get(cluster).access(), change, call.signal),
    ),
    applyChange: handle(routes.applyChange, async ({ cluster, change }, call) => {
      checkPermission([change], routes.applyChange);
      const runtime = clusters.seenBy(call).get(cluster);
      return applyChange(await runtime.access(), change, { acts: acts.of(call, runtime.source.id), signal: call.signal });
    }),
  };
}

function bulkHandlers({ acts, clusters }: Services): Pick<RouteHandlers, BulkRoutes> {
  const apply = async (cluster: string | undefined, changes: readonly Change[], call: RouteCallContext) => {
    const runtime = clusters.seenBy(call).get(cluster);
    return applyChanges(await runtime.access(), changes, { acts: acts.of(call, runtime.source.id), signal: call.signal });
  };
  return {
    previewChanges: handle(routes.previewChanges, async ({ cluster, changes }, call) =>
      previewChanges(await clusters.seenBy(call).get(cluster).access(), changes, call.signal),
    ),
    applyChanges: handle(routes.applyChanges, ({ cluster, changes }, call) => {
      checkPermission(changes, routes.applyChanges);
      return apply(cluster, changes, call);
    }),
    deleteObjects: handle(routes.deleteObjects, ({ cluster, changes }, call) => {
      checkPermission(changes, routes.deleteObjects);
      return apply(cluster, changes, call);
    }),
    changeNodes: handle(routes.changeNodes, ({ cluster, changes }, call) => {
      checkPermission(changes, routes.changeNodes);
      return apply(cluster, changes, call);
    }),
  };
}

function rolloutHandlers({ clusters }: Services): Pick<RouteHandlers, RolloutRoutes> {
  const targetOf = async (
    { cluster, kind, namespace, name }: { cluster?: string | undefined; kind: string; namespace: string; name: string },
    call: RouteCallContext,
  ) => {
    const runtime = clusters.seenBy(call).get(cluster);
    const found = await runtime.kind(kind, call.signal);
    const target: ObjectRef = { apiVersion: found.apiVersion, kind: found.kind, namespace, name };
    return { access: await runtime.access(), target };
  };
  return {
    getRollout: handle(routes.getRollout, async (input, call) => {
      const { access, target } = await targetOf(input, call);
      return readRollout(access, target, call.signal);
    }),
    followRollout: handleStream(routes.followRollout, async ({ timeoutSeconds, ...input }, call) => {
      const { signal } = call;
      const { access, target } = await targetOf(input, call);
      await readRollout(access, target, signal); // What is wrong with the target must show before the first line.
      return { chunks: jsonLines(followRollout(access, target, { timeoutSeconds, signal })) };
    }),
    compareRevisions: handle(routes.compareRevisions, async ({ from, to, ...input }, call) => {
      const { access, target } = await targetOf(input, call);
      return compareRevisions(access, target, { from, to }, call.signal);
    }),
  };
}

function drainHandlers({ acts, clusters }: Services): Pick<RouteHandlers, DrainRoutes> {
  return {
    planDrain: handle(routes.planDrain, async ({ cluster, node, options }, call) =>
      readDrainPlan(await drainable(clusters.seenBy(call).get(cluster)).access(), node, options, call.signal),
    ),
    drainNode: handleStream(routes.drainNode, async ({ cluster, node, options }, call) => {
      const runtime = drainable(clusters.seenBy(call).get(cluster));
      const drain = { acts: acts.of(call, runtime.source.id), signal: call.signal };
      return { chunks: jsonLines(await startDrain(await runtime.access(), node, options, drain)) };
    }),
  };
}

/** A drain moves the pods of every namespace: a plan that leaves some out would be a wrong one. */
function drainable(seen: SeenCluster): SeenCluster {
  const pods = { ...builtInKinds.Pod, kind: 'Pod' };
  if (seen.seesAllOf(pods)) return seen;
  throw new AppError('FORBIDDEN', 'Draining a node moves pods of every namespace, and your access policy does not show all of them.', {
    hint: 'Ask somebody who sees the whole cluster.',
  });
}
