import { type ObjectRef, refTo } from '@quarterdeck/contract';
import { nearMiss } from '../../pods/near-name.ts';
import type { ClusterView } from '../../view/cluster-view.ts';

/** The part of a view that names are resolved with. */
export type HostLookup = Pick<ClusterView, 'get' | 'names' | 'at' | 'scope'>;

export interface HostTarget {
  /** The Service, which may not exist (ask the view), or the Pod whose address it is. */
  object: ObjectRef;
  port: number | null;
}

/**
 * What a host means to a pod of a namespace, by the rules of cluster DNS: `svc`, `svc.ns`, `svc.ns.svc`,
 * `pod.svc.ns.svc.cluster.local`, a Service's cluster IP or a Pod's address. Null for what lies outside the cluster.
 */
export function resolveHost(host: string, port: number | null, namespace: string, view: HostLookup): HostTarget | null {
  const object = targetOf(host.toLowerCase().replace(/\.$/, ''), namespace, view);
  return object === null ? null : { object, port };
}

/** Whether a host that leads to nothing was yet meant to stay inside: the pod itself, or a name with the cluster's domain. */
export function isInsideName(host: string): boolean {
  return isLocalName(host) || /\.svc(\.|$)|\.cluster\.[a-z]+\.?$/i.test(host);
}

/** The names and addresses by which a pod calls itself. */
export function isLocalName(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '0.0.0.0' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function targetOf(host: string, namespace: string, view: HostLookup): ObjectRef | null {
  if (/^[\d.]+$/.test(host)) return view.at(host);
  const labels = host.split('.');
  if (host === 'localhost' || labels.some((label) => !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label))) return null;
  const marker = labels.lastIndexOf('svc');
  if (marker >= 2) return service(labels[marker - 1], labels[marker - 2]);
  const [first, second, third] = labels;
  if (labels.length === 1) return service(namespace, first);
  if (labels.length === 2) return byTwoLabels(first, second, namespace, view);
  const ofPod = labels.length === 3 ? service(third, second) : null;
  return ofPod !== null && exists(ofPod, view) ? ofPod : null;
}

/** `svc.ns`, or `pod.svc` of a headless Service in the own namespace; any other pair is a name of the outside world. */
function byTwoLabels(first: string | undefined, second: string | undefined, namespace: string, view: HostLookup): ObjectRef | null {
  const elsewhere = service(second, first);
  if (elsewhere !== null && (exists(elsewhere, view) || isNamespace(second, view))) return elsewhere;
  const headless = service(namespace, second);
  return headless !== null && (exists(headless, view) || isGoverning(first, second, namespace, view)) ? headless : null;
}

/** Whether a StatefulSet says that its pods go by this name: `db-0.db-headless`. */
function isGoverning(pod: string | undefined, serviceName: string | undefined, namespace: string, view: HostLookup): boolean {
  const set = /^(.+)-\d+$/.exec(pod ?? '')?.[1];
  return set !== undefined && view.get('StatefulSet', namespace, set)?.spec?.serviceName === serviceName;
}

/** Whether there is such a namespace, or one that is written almost the same. */
function isNamespace(name: string | undefined, view: HostLookup): boolean {
  if (name === undefined) return false;
  if (view.scope?.includes(name) || view.get('Namespace', null, name) !== undefined) return true;
  return nearMiss(name, view.names('Namespace')) !== null;
}

function service(namespace: string | undefined, name: string | undefined): ObjectRef | null {
  return namespace === undefined || name === undefined ? null : refTo('Service', namespace, name);
}

function exists(ref: ObjectRef, view: HostLookup): boolean {
  return view.get('Service', ref.namespace, ref.name) !== undefined;
}
