import { isKind, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { Relation } from '../model/relation.ts';
import { podsBehind } from '../pods/called-services.ts';
import { isLive } from '../pods/containers.ts';
import { allowedText, blockingPolicies } from '../routing/network-policy.ts';
import { servicePortOf } from '../routing/service-ports.ts';
import { serviceOf } from '../routing/service-state.ts';
import { missing } from './entries.ts';
import { brokenCall, drawServiceNode } from './service-health.ts';
import type { TopologyDraft } from './topology-draft.ts';
import { type DrawnWorkload, drawWorkload } from './workloads.ts';

/** What the configuration of workloads says that they call, and who calls the Services in scope from elsewhere. */
export function drawCalls(draft: TopologyDraft, workloads: readonly DrawnWorkload[], services: readonly ObjectRef[]): void {
  const { view } = draft;
  for (const workload of workloads) {
    const edges = [workload.object, ...workload.pods.slice(0, 1).map(refOf)].flatMap((holder) => view.outgoing(holder, 'calls'));
    for (const edge of edges) drawCall(draft, workload, edge);
  }
  for (const service of services) {
    for (const edge of view.incoming(service, 'calls')) {
      const object = view.topOwner(edge.from);
      if (draft.has(object)) continue;
      const pods = view.podsOf(object).filter(isLive);
      drawWorkload(draft, { object, pods });
      drawCall(draft, { object, pods }, edge);
    }
  }
}

function drawCall(draft: TopologyDraft, caller: DrawnWorkload, { to, detail }: Relation): void {
  const { view } = draft;
  const target = to.kind === 'Pod' ? view.topOwner(to) : to;
  if (to.kind === 'Service') drawServiceNode(draft, target);
  const port = typeof detail.port === 'number' ? detail.port : null;
  const stopped = missing(draft, to) ?? blockedCall(draft, caller, to, port) ?? brokenCall(serviceOf(to, view), detail.port, view);
  draft.edge({ from: caller.object, to: target, type: 'calls', label: port === null ? '' : `:${port}`, ...stopped });
}

/** Judged by one pod of each side: those of a workload carry the same labels. */
function blockedCall({ view }: TopologyDraft, caller: DrawnWorkload, target: ObjectRef, port: number | null): { state: 'blocked'; reason: string } | null {
  if (view.names('NetworkPolicy').length === 0) return null;
  const from = caller.pods[0] ?? podOf(caller.object, view);
  const [to] = podsBehind(target, view).filter(isLive);
  if (from === undefined || to === undefined || from.spec?.hostNetwork === true || to.spec?.hostNetwork === true) return null;
  const service = serviceOf(target, view);
  const arrives = service === undefined ? port : servicePortOf(service, port, to);
  const blocking = blockingPolicies({ from, to, port: arrives, protocol: 'TCP', via: service?.spec?.clusterIPs ?? [] }, view);
  if (blocking === null) return null;
  const { direction, policies } = blocking;
  const texts = policies.map((policy) => `${policy.metadata.name} allows ${allowedText(policy, direction)}`);
  return { state: 'blocked', reason: `${direction === 'Ingress' ? 'Into' : 'Out of'} it, NetworkPolicy ${texts.join('; ')}` };
}

function podOf(ref: ObjectRef, view: TopologyDraft['view']) {
  const object = view.find(ref);
  return object !== undefined && isKind(object, 'Pod') ? object : undefined;
}
