import { isKind, type KindTypes, type ObjectRef } from '@quarterdeck/contract';
import { isLive, isReady, type Pod } from '../pods/containers.ts';
import { isWarmingUp } from '../pods/probe-patience.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { selectedWorkloads } from './selector-near-miss.ts';
import { backendPods, picksPods } from './service-backends.ts';

type Service = KindTypes['Service'];

/**
 * What stands behind a Service. `served`: a ready pod, or nothing to judge by. `starting`: pods within their own
 * patience. `unready`: pods, none ready. `podless`: a workload that should have pods has none. `scaled-to-zero`: on
 * purpose. `unselected`: the selector matches neither pod nor workload.
 */
export type ServiceState =
  | { state: 'served' | 'starting' | 'unselected' }
  | { state: 'unready'; pods: readonly Pod[] }
  | { state: 'podless' | 'scaled-to-zero'; workloads: readonly ObjectRef[] };

export function serviceState(service: Service, view: ClusterView): ServiceState {
  const judged = picksPods(service) && service.metadata.deletionTimestamp === undefined && isReadable(service, view);
  if (!judged) return { state: 'served' };
  const pods = backendPods(view, service);
  if (pods.length > 0) return stateOfPods(service, pods, view);
  const workloads = selectedWorkloads(view, service);
  if (workloads.length > 0) return { state: workloads.some((workload) => wantsPods(workload, view)) ? 'podless' : 'scaled-to-zero', workloads };
  return { state: selectsRuns(service, view) ? 'served' : 'unselected' };
}

function isReadable(service: Service, view: ClusterView): boolean {
  return view.coverage('Pod') === 'read' && view.covers(service.metadata.namespace);
}

function stateOfPods(service: Service, pods: readonly Pod[], view: ClusterView): ServiceState {
  if (service.spec?.publishNotReadyAddresses === true || pods.some(isReady)) return { state: 'served' };
  return pods.every((pod) => isWarmingUp(pod, view)) ? { state: 'starting' } : { state: 'unready', pods };
}

function wantsPods(ref: ObjectRef, view: ClusterView): boolean {
  if (ref.kind === 'DaemonSet') return (view.get('DaemonSet', ref.namespace, ref.name)?.status?.desiredNumberScheduled ?? 0) > 0;
  if (ref.kind !== 'Deployment' && ref.kind !== 'StatefulSet') return true;
  return (view.get(ref.kind, ref.namespace, ref.name)?.spec?.replicas ?? 1) > 0;
}

/** Whether the selector means pods that come and go: those of Jobs and CronJobs. */
function selectsRuns(service: Service, view: ClusterView): boolean {
  const selector = Object.entries(service.spec?.selector ?? {});
  const namespace = service.metadata.namespace;
  const templates = [
    ...view.list('Job', namespace).map((job) => job.spec?.template.metadata?.labels),
    ...view.list('CronJob', namespace).map((cron) => cron.spec?.jobTemplate.spec?.template.metadata?.labels),
  ];
  return templates.some((labels) => selector.every(([key, value]) => labels?.[key] === value));
}

/** Workloads that name the Service in their configuration and have pods that run, and webhooks that must be answered. */
export function liveCallers(service: ObjectRef, view: ClusterView): ObjectRef[] {
  const callers = view.incoming(service, 'calls').map(({ from }) => from);
  return [...callers.filter((caller) => view.podsOf(caller).some(isLive)), ...requiredBy(service, view)];
}

/** Webhooks that must be answered: the API server calls them whenever something is written. */
function requiredBy(service: ObjectRef, view: ClusterView): ObjectRef[] {
  return view.incoming(service, 'admits').flatMap(({ from, detail }) => {
    const object = view.find(from);
    const webhooks =
      object !== undefined && (isKind(object, 'ValidatingWebhookConfiguration') || isKind(object, 'MutatingWebhookConfiguration')) ? object.webhooks : [];
    return webhooks?.some(({ name, failurePolicy }) => name === detail.key && failurePolicy !== 'Ignore') ? [from] : [];
  });
}

export function serviceOf(ref: ObjectRef, view: ClusterView): Service | undefined {
  return ref.kind === 'Service' ? view.get('Service', ref.namespace, ref.name) : undefined;
}

export function selectorText(service: Service): string {
  return Object.entries(service.spec?.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
