import { type KindTypes, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import type { ServicePort } from 'kubernetes-types/core/v1.js';
import { isLive, type Pod } from '../pods/containers.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { declaredPorts, probedPorts } from './pod-ports.ts';
import { backendPods, picksPods } from './service-backends.ts';
import { targetNumber } from './service-ports.ts';

type Service = KindTypes['Service'];

/** One of the workloads whose pods a Service selects. */
export interface SelectedOwner {
  ref: ObjectRef;
  pods: Pod[];
  labels: Readonly<Record<string, string>>;
}

export function selectedOwners(service: Service, view: ClusterView): SelectedOwner[] {
  const owners = new Map<string, SelectedOwner>();
  for (const pod of backendPods(view, service)) {
    const ref = view.topOwner(refOf(pod));
    const owner = owners.get(refKey(ref)) ?? { ref, pods: [], labels: pod.metadata.labels ?? {} };
    owner.pods.push(pod);
    owners.set(refKey(ref), owner);
  }
  return [...owners.values()];
}

/** Whether a workload serves one of the ports that the Service sends to; null where its pods do not say. */
function serves(owner: SelectedOwner, ports: readonly ServicePort[]): boolean | null {
  const declared = owner.pods.flatMap(declaredPorts);
  const probed = owner.pods.flatMap(probedPorts);
  if (declared.length === 0 && probed.length === 0) return owner.ref.kind === 'Job' || owner.ref.kind === 'CronJob' ? false : null;
  return ports.some((port) => {
    const number = targetNumber(port);
    return number === null ? declared.some(({ name }) => name === port.targetPort) : probed.includes(number) || declared.some((each) => each.number === number);
  });
}

const programLabels = ['app', 'app.kubernetes.io/name', 'k8s-app'];

/** Two versions of one program: a canary, blue and green. They share the name of the program, in a label or in their own. */
function areVersions(a: SelectedOwner, b: SelectedOwner): boolean {
  return sharesName(a, b) && serveAlike(a, b);
}

function sharesName(a: SelectedOwner, b: SelectedOwner): boolean {
  const sameLabel = programLabels.some((key) => a.labels[key] !== undefined && a.labels[key] === b.labels[key]);
  const sameStem = a.ref.name.startsWith(`${b.ref.name}-`) || b.ref.name.startsWith(`${a.ref.name}-`);
  return sameLabel || sameStem;
}

function serveAlike(a: SelectedOwner, b: SelectedOwner): boolean {
  const numbers = (owner: SelectedOwner) => new Set(owner.pods.flatMap(declaredPorts).map(({ number }) => number));
  const [one, other] = [numbers(a), numbers(b)];
  return one.size === 0 || other.size === 0 || overlap(one, other);
}

function overlap<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return [...a].some((each) => b.has(each));
}

/** Workloads behind a Service that do not belong there, with those that do. */
export interface Strangers {
  own: SelectedOwner[];
  strangers: SelectedOwner[];
  /**
   * What tells them apart: that they do not serve the port, or that they have a Service of their own; `instead` where
   * the Service selects only them, and not the workload of its own name.
   */
  reason: 'port' | 'own-service' | 'instead';
}

/**
 * Whether a Service sends to two applications: some of its workloads serve its port and others serve only other
 * ports; or it bears the name of one workload and also selects another program that has a Service of its own name.
 */
export function strangersBehind(service: Service, view: ClusterView): Strangers | null {
  if (!picksPods(service) || service.spec?.clusterIP === 'None') return null;
  const owners = selectedOwners(service, view);
  if (owners.length === 1) return instead(service, owners, view);
  return owners.length < 2 ? null : (byPort(service, owners) ?? byName(service, owners, view));
}

function byPort(service: Service, owners: SelectedOwner[]): Strangers | null {
  const ports = service.spec?.ports ?? [];
  const own = owners.filter((owner) => serves(owner, ports) === true);
  const strangers = owners.filter((owner) => serves(owner, ports) === false);
  return own.length > 0 && strangers.length > 0 ? { own, strangers, reason: 'port' } : null;
}

function byName(service: Service, owners: SelectedOwner[], view: ClusterView): Strangers | null {
  const [namesake] = owners.filter(({ ref }) => ref.name === service.metadata.name);
  if (namesake === undefined) return null;
  const strangers = owners.filter((owner) => {
    const other = owner === namesake ? undefined : view.get('Service', owner.ref.namespace, owner.ref.name);
    if (other === undefined || areVersions(owner, namesake)) return false;
    const behind = selectedOwners(other, view).map(({ ref }) => ref.name);
    return behind.includes(owner.ref.name) && !behind.includes(namesake.ref.name);
  });
  return strangers.length > 0 ? { own: [namesake], strangers, reason: 'own-service' } : null;
}

/** The workload that bears the Service's name is selected by no Service, while the one that it selects has a Service of its own name. */
function instead(service: Service, owners: SelectedOwner[], view: ClusterView): Strangers | null {
  const [owner] = owners;
  const namesake = namesakeOf(service, view);
  const other = owner === undefined ? undefined : view.get('Service', owner.ref.namespace, owner.ref.name);
  if (owner === undefined || namesake === null || other === undefined || other.metadata.name === service.metadata.name) return null;
  if (sharesName(owner, namesake) || !selectedOwners(other, view).some(({ ref }) => ref.name === owner.ref.name)) return null;
  const isSelected = view.list('Service', namesake.ref.namespace ?? '').some(({ spec }) => picks(spec?.selector, namesake.labels));
  return isSelected ? null : { own: [namesake], strangers: [owner], reason: 'instead' };
}

function picks(selector: Record<string, string> | undefined, labels: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(selector ?? {});
  return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
}

function namesakeOf({ metadata }: Service, view: ClusterView): SelectedOwner | null {
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
    const workload = view.get(kind, metadata.namespace ?? null, metadata.name);
    if (workload === undefined) continue;
    const pods = [...view.podsOf(refOf(workload))].filter(isLive);
    return pods.length === 0 ? null : { ref: refOf(workload), pods, labels: workload.spec?.template.metadata?.labels ?? {} };
  }
  return null;
}

const generated = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'job-name',
  'controller-uid',
]);
const telling = [...programLabels, 'app.kubernetes.io/component', 'component', 'name'];

/** A label that all of the Service's own workloads share and no stranger has; null where none tells them apart. */
export function distinguishingLabel({ own, strangers }: Strangers): { key: string; value: string } | null {
  const [first] = own;
  const keys = Object.keys(first?.labels ?? {}).filter((key) => !generated.has(key) && !key.startsWith('batch.kubernetes.io/'));
  const ranked = keys.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const key of ranked) {
    const value = first?.labels[key];
    if (value !== undefined && own.every(({ labels }) => labels[key] === value) && strangers.every(({ labels }) => labels[key] !== value))
      return { key, value };
  }
  return null;
}

function rank(key: string): number {
  const at = telling.indexOf(key);
  return at < 0 ? telling.length : at;
}
