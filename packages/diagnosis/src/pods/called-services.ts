import { isKind, type KindTypes, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import { resolveHost } from '../graph/hosts/resolve-host.ts';
import type { ConnectFailure, LogFact } from '../logs/log-fact.ts';
import { factsOf } from '../logs/log-fact.ts';
import type { Relation } from '../model/relation.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { Pod } from './containers.ts';
import { podRef } from './workload.ts';

/** A call that a program says has failed, with where cluster DNS leads from its namespace. */
export interface FailedCall {
  reason: ConnectFailure | 'waiting';
  host: string;
  port: number | null;
  /** A Service that may not exist, or a Pod; null for what lies outside the cluster. */
  target: ObjectRef | null;
  fact: LogFact;
  /** A file of the program's configuration that names the host. */
  file: string | null;
}

/** Failed calls that facts tell, each host once; calls that name no host are left out. */
export function failedCalls(facts: readonly LogFact[], pod: Pod, view: ClusterView): FailedCall[] {
  const namespace = pod.metadata.namespace ?? '';
  const calls: FailedCall[] = [];
  for (const fact of factsOf(facts, 'connect-failed')) {
    const { host, port, reason, file } = fact.claim;
    if (host !== null) calls.push({ reason, host, port, file, fact, target: resolveHost(host, port, namespace, view)?.object ?? null });
  }
  for (const fact of factsOf(facts, 'waiting-for')) {
    const { host, port } = fact.claim;
    calls.push({ reason: 'waiting', host, port, file: null, fact, target: resolveHost(host, port, namespace, view)?.object ?? null });
  }
  return calls.filter((call, index) => calls.findIndex((other) => other.host === call.host) === index);
}

/** What the pod's configuration says it calls, each Service once. */
export function configuredCalls(pod: Pod, view: ClusterView): Relation[] {
  const edges = [...view.outgoing(podRef(pod), 'calls'), ...view.outgoing(view.topOwner(podRef(pod)), 'calls')];
  return edges.filter((edge, index) => edges.findIndex((other) => refKey(other.to) === refKey(edge.to)) === index);
}

/** The pods that answer for a Service or a Pod that is called. */
export function podsBehind(target: ObjectRef, view: ClusterView): KindTypes['Pod'][] {
  const own = view.find(target);
  if (own !== undefined && isKind(own, 'Pod')) return [own];
  return view.outgoing(target, 'selects').flatMap(({ to }) => {
    const pod = view.find(to);
    return pod !== undefined && isKind(pod, 'Pod') ? [pod] : [];
  });
}

/** The workloads behind a Service, each once. */
export function workloadsBehind(target: ObjectRef, view: ClusterView): ObjectRef[] {
  const owners = podsBehind(target, view).map((pod) => view.topOwner(refOf(pod)));
  return owners.filter((owner, index) => owners.findIndex((other) => refKey(other) === refKey(owner)) === index);
}
