import type { HealthState, KindTypes, ObjectRef, TopologyEdgeState } from '@quarterdeck/contract';
import { calledPort } from '../routing/service-ports.ts';
import { serviceOf, serviceState } from '../routing/service-state.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { TopologyDraft } from './topology-draft.ts';

type Service = KindTypes['Service'];

/** How a Service answers, for its node and for the edges that lead to it. */
export interface ServiceHealth {
  state: HealthState;
  text: string;
  edge: TopologyEdgeState;
}

const served: ServiceHealth = { state: 'healthy', text: '', edge: 'ok' };

export function serviceHealth(service: Service, view: ClusterView): ServiceHealth {
  switch (serviceState(service, view).state) {
    case 'served':
      return { ...served, text: typeText(service) };
    case 'starting':
      return { state: 'pending', text: 'its pods are starting', edge: 'pending' };
    case 'unready':
      return { state: 'high', text: 'no ready pod', edge: 'broken' };
    case 'podless':
      return { state: 'high', text: 'no pods', edge: 'broken' };
    case 'unselected':
      return { state: 'high', text: 'selects no pods', edge: 'broken' };
    case 'scaled-to-zero':
      return { state: 'scaledToZero', text: 'scaled to zero', edge: 'idle' };
  }
}

function typeText({ spec }: Service): string {
  if (spec?.type === 'ExternalName') return `leads to ${spec.externalName ?? 'nothing'}`;
  return spec?.type === undefined || spec.type === 'ClusterIP' ? '' : spec.type;
}

/** What keeps a call to a port of a Service from being answered; null where nothing is known to. */
export function brokenCall(
  service: Service | undefined,
  port: number | string | undefined,
  view: ClusterView,
): { state: TopologyEdgeState; reason: string } | null {
  if (service === undefined) return null;
  if (port !== undefined && !offers(service, port)) return { state: 'broken', reason: `Service ${service.metadata.name} has no port ${port}` };
  const { edge, text } = serviceHealth(service, view);
  return edge === 'ok' ? null : { state: edge, reason: `Service ${service.metadata.name}: ${text}` };
}

/** A headless Service and one for a name elsewhere translate no ports. */
function offers(service: Service, port: number | string): boolean {
  if (service.spec?.clusterIP === 'None' || service.spec?.type === 'ExternalName') return true;
  if (typeof port === 'string') return service.spec?.ports?.some(({ name }) => name === port) === true;
  return calledPort(service, port)?.port === port;
}

/** A Service as a node, whether it is there or only named. */
export function drawServiceNode(draft: TopologyDraft, ref: ObjectRef): void {
  const service = serviceOf(ref, draft.view);
  const health = service === undefined ? null : serviceHealth(service, draft.view);
  draft.node(ref, 'service', health === null ? {} : { state: health.state, stateText: health.text });
}
