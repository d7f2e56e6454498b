import { type KindTypes, type KubeObject, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import { workloadsBehind } from '../pods/called-services.ts';
import { isLive, isReady, type Pod } from '../pods/containers.ts';
import { selectedWorkloads } from '../routing/selector-near-miss.ts';
import { picksPods } from '../routing/service-backends.ts';
import { drawServiceNode, serviceHealth } from './service-health.ts';
import type { TopologyDraft } from './topology-draft.ts';

/** A workload and its pods that are not over. */
export interface DrawnWorkload {
  object: ObjectRef;
  pods: readonly Pod[];
}

const standing = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;

/** The workloads in scope: those that stand, with pods or without, and whatever else has pods that live. */
export function drawWorkloads(draft: TopologyDraft, inScope: (object: KubeObject) => boolean): DrawnWorkload[] {
  const { view } = draft;
  const found = new Map<string, { object: ObjectRef; pods: Pod[] }>();
  for (const kind of standing) {
    for (const object of view.list(kind).filter(inScope)) found.set(refKey(refOf(object)), { object: refOf(object), pods: [] });
  }
  for (const pod of view.list('Pod').filter(inScope)) {
    if (!isLive(pod)) continue;
    const object = view.topOwner(refOf(pod));
    const entry = found.get(refKey(object)) ?? { object, pods: [] };
    entry.pods.push(pod);
    found.set(refKey(object), entry);
  }
  for (const workload of found.values()) drawWorkload(draft, workload);
  return [...found.values()];
}

/** One that lies outside of the scope and has a part in what lies inside. */
export function drawWorkload(draft: TopologyDraft, { object, pods }: DrawnWorkload): void {
  const counts = object.kind === 'Pod' ? null : { ready: pods.filter(isReady).length, total: pods.length };
  draft.node(object, 'workload', { pods: counts });
}

export function drawPods(draft: TopologyDraft, workloads: readonly DrawnWorkload[]): void {
  for (const { object, pods } of workloads) {
    if (object.kind === 'Pod') continue;
    for (const pod of pods) {
      draft.node(refOf(pod), 'pod');
      draft.edge({ from: object, to: refOf(pod), type: 'owns' });
    }
  }
}

/** Services with the workloads that answer for them. */
export function drawServices(draft: TopologyDraft, inScope: (object: KubeObject) => boolean): void {
  for (const service of draft.view.list('Service').filter(inScope)) drawService(draft, service);
}

function drawService(draft: TopologyDraft, service: KindTypes['Service']): void {
  const { view } = draft;
  const from = refOf(service);
  const health = serviceHealth(service, view);
  drawServiceNode(draft, from);
  if (!picksPods(service)) return;
  const behind = workloadsBehind(from, view);
  for (const to of behind.length > 0 ? behind : selectedWorkloads(view, service)) {
    const pods = view.podsOf(to).filter(isLive);
    if (!draft.has(to)) drawWorkload(draft, { object: to, pods: to.kind === 'Pod' ? [] : pods });
    const answers = health.edge === 'ok' || pods.some(isReady);
    draft.edge({ from, to, type: 'selects', label: portsText(service), ...(answers ? {} : { state: health.edge, reason: health.text }) });
  }
}

function portsText({ spec }: KindTypes['Service']): string {
  const ports = (spec?.ports ?? []).map(({ port, targetPort }) => (targetPort === undefined || targetPort === port ? `:${port}` : `:${port} → ${targetPort}`));
  return ports.length > 2 ? `${ports.slice(0, 2).join(', ')} +${ports.length - 2}` : ports.join(', ');
}
