import { type KindTypes, type ObjectRef, refLabel, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import type { Pod } from '../pods/containers.ts';
import { absenceEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { isClusterDns } from '../routing/cluster-dns.ts';
import { selectorNearMiss } from '../routing/selector-near-miss.ts';
import { callersOf } from '../routing/service-backends.ts';
import { liveCallers, selectorText, serviceState } from '../routing/service-state.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Service = KindTypes['Service'];

export type NoEndpointsFacts = { selector: string; callers: number };

export const serviceNoEndpoints = defineCode<NoEndpointsFacts>({
  code: 'service-no-endpoints',
  title: 'Service selects no pods',
  documentation:
    'The selector of the Service matches no pod and no workload of its namespace, so it has no endpoints and every connection to it fails. Usually the selector and the labels of the pods disagree: one was changed, or misspelt. It is mild where nothing like it runs and nobody calls it.',
  silentWhen: 'The Service has no selector or is an ExternalName, its workload is scaled to zero and nobody calls it, or it means pods of Jobs.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ selector }) => `No endpoints: the selector ${selector} matches no pod.`,
});

export type NoReadyEndpointsFacts = { pods: number; scaledToZero: boolean; callers: number };

export const serviceNoReadyEndpoints = defineCode<NoReadyEndpointsFacts>({
  code: 'service-no-ready-endpoints',
  title: 'Service has no ready endpoints',
  documentation:
    'The Service selects pods, but none of them is ready, so it has no address to send traffic to. The Service is seldom at fault: look at why its pods are not ready. A backend that was scaled to zero is reported only when something still calls the Service.',
  silentWhen: 'A pod is ready, or all are still within their own patience.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ pods, scaledToZero }) =>
    scaledToZero ? 'No endpoints: the workload behind it is scaled to zero, and it is still called.' : `No ready endpoints: ${pods} selected, none ready.`,
});

export const serviceEndpointsAnalyser = defineAnalyser({
  id: 'service-endpoints',
  kind: 'Service',
  reads: ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Ingress', 'ConfigMap'],
  codes: [serviceNoEndpoints, serviceNoReadyEndpoints],
  *analyse(service, view) {
    const found = serviceState(service, view);
    if (found.state === 'unready') yield unready(service, found.pods, view);
    if (found.state === 'podless') yield podless(service, found.workloads, false, view);
    if (found.state === 'scaled-to-zero' && (isClusterDns(service) || liveCallers(refOf(service), view).length > 0))
      yield podless(service, found.workloads, true, view);
    if (found.state === 'unselected') yield unselected(service, view);
  },
});

function unready(service: Service, pods: readonly Pod[], view: ClusterView): RawFinding<NoReadyEndpointsFacts> {
  const object = refOf(service);
  return {
    code: serviceNoReadyEndpoints.code,
    object,
    discriminator: '',
    severity: 'high',
    since: Math.min(...pods.map((pod) => lostReadiness(pod) ?? view.now)),
    facts: { pods: pods.length, scaledToZero: false, callers: callersOf(view, object).length },
    evidence: pods
      .slice(0, 3)
      .map((pod) => evidence({ source: 'status', object: refOf(pod), path: 'status.conditions[type=Ready]', text: `${pod.metadata.name} is not ready` })),
  };
}

function lostReadiness(pod: Pod): number | null {
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  return timeOf(ready?.lastTransitionTime) ?? timeOf(pod.metadata.creationTimestamp);
}

function podless(service: Service, workloads: readonly ObjectRef[], scaledToZero: boolean, view: ClusterView): RawFinding<NoReadyEndpointsFacts> {
  const object = refOf(service);
  return {
    code: serviceNoReadyEndpoints.code,
    object,
    discriminator: '',
    severity: scaledToZero && !isClusterDns(service) ? 'medium' : 'high',
    since: timeOf(service.metadata.creationTimestamp),
    facts: { pods: 0, scaledToZero, callers: callersOf(view, object).length },
    evidence: workloads.map((workload) => evidence({ source: 'status', object: workload, text: `${refLabel(workload)} has no pods` })),
  };
}

function unselected(service: Service, view: ClusterView): RawFinding<NoEndpointsFacts> {
  const object = refOf(service);
  const callers = callersOf(view, object);
  const selector = selectorText(service);
  const miss = selectorNearMiss(view, service);
  return {
    code: serviceNoEndpoints.code,
    object,
    discriminator: '',
    severity: callers.length > 0 || miss !== null ? 'high' : 'low',
    since: timeOf(service.metadata.creationTimestamp),
    facts: { selector, callers: callers.length },
    concerns: [...callers, ...(miss === null ? [] : [miss.target])],
    evidence: [fieldEvidence(object, 'spec.selector', selector), absenceEvidence(object, `No pod in ${object.namespace} carries ${selector}`)],
  };
}
