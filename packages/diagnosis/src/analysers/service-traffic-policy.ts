import { type KindTypes, refKey, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { isLive, isReady } from '../pods/containers.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { backendPods, picksPods } from '../routing/service-backends.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Service = KindTypes['Service'];

export type LocalTrafficFacts = { nodes: readonly string[]; callers: readonly string[]; backends: readonly string[] };

export const serviceLocalTrafficUnserved = defineCode<LocalTrafficFacts>({
  code: 'service-local-traffic-unserved',
  title: 'Service drops the traffic of nodes without an endpoint',
  documentation:
    'The Service has internalTrafficPolicy Local: a node sends its pods only to endpoints on itself. Pods that call it run on a node that has none, so their connections are dropped, although other nodes have endpoints.',
  silentWhen: 'Every node with a caller has an endpoint, or a pod that should be one and is not ready yet.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ nodes }) => `internalTrafficPolicy Local, and no endpoint on ${nodes.join(', ')}, from where it is called.`,
});

export const serviceTrafficPolicyAnalyser = defineAnalyser({
  id: 'service-traffic-policy',
  kind: 'Service',
  reads: ['Pod', 'ReplicaSet'],
  codes: [serviceLocalTrafficUnserved],
  *analyse(service, view) {
    if (service.spec?.internalTrafficPolicy !== 'Local' || !picksPods(service)) return;
    const pods = backendPods(view, service);
    const ready = pods.filter(isReady);
    if (ready.length === 0) return;
    const served = new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []));
    const left = callingPods(service, view).filter(({ spec }) => spec?.nodeName !== undefined && !served.has(spec.nodeName));
    if (left.length === 0) return;
    const object = refOf(service);
    const nodes = [...new Set(left.flatMap(({ spec }) => spec?.nodeName ?? []))].sort();
    const owners = [...new Map(left.map((pod) => view.topOwner(refOf(pod))).map((ref) => [refKey(ref), ref])).values()];
    const backends = [...new Set(ready.flatMap(({ spec }) => spec?.nodeName ?? []))].sort();
    yield {
      code: serviceLocalTrafficUnserved.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: null,
      concerns: owners,
      facts: { nodes, callers: owners.map(({ kind, name }) => `${kind} ${name}`), backends },
      evidence: [
        fieldEvidence(object, 'spec.internalTrafficPolicy', 'Local', { decisive: true }),
        ...left.slice(0, 3).map((pod) =>
          evidence({
            source: 'spec',
            object: refOf(pod),
            path: 'spec.nodeName',
            value: pod.spec?.nodeName ?? null,
            text: `${pod.metadata.name} calls it from ${pod.spec?.nodeName}`,
            decisive: true,
          }),
        ),
      ],
    };
  },
});

function callingPods(service: Service, view: ClusterView): KindTypes['Pod'][] {
  const callers = view.incoming(refOf(service), 'calls').map(({ from }) => from);
  const pods = callers.flatMap((caller) => {
    const own = caller.kind === 'Pod' ? view.get('Pod', caller.namespace, caller.name) : undefined;
    return own === undefined ? view.podsOf(caller) : [own];
  });
  return [...new Map(pods.filter(isLive).map((pod) => [pod.metadata.name, pod])).values()];
}
