import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import { isLive } from '../pods/containers.ts';
import { evidence, timeOf } from '../pods/evidence.ts';
import { podRef, severityFor } from '../pods/workload.ts';

export type ReadinessGateFacts = { gates: readonly string[]; states: readonly string[] };

export const podGateUnmet = defineCode<ReadinessGateFacts>({
  code: 'pod-readiness-gate-unmet',
  title: 'Pod waits for a readiness gate',
  documentation:
    'All containers of the pod are ready, but its spec.readinessGates ask for conditions that somebody outside the pod has to set to True (a load balancer controller, for one). As long as one is missing the pod is not Ready and Services send it nothing.',
  silentWhen: 'The containers became ready less than a minute ago: whoever sets the condition needs a moment.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: (facts) => `All containers are ready, but the pod is not: ${facts.states.join(', ')}.`,
});

const patienceMs = 60_000;

export const podReadinessGate: AnyAnalyser = defineAnalyser({
  id: 'pod-readiness-gate',
  kind: 'Pod',
  reads: ['ReplicaSet', 'Job'],
  codes: [podGateUnmet],
  *analyse(pod, view) {
    const conditions = pod.status?.conditions ?? [];
    const stateOf = (type: string) => conditions.find((condition) => condition.type === type);
    const containers = stateOf('ContainersReady');
    const gates = (pod.spec?.readinessGates ?? []).map(({ conditionType }) => conditionType).filter((type) => stateOf(type)?.status !== 'True');
    const since = timeOf(containers?.lastTransitionTime);
    if (gates.length === 0 || !isLive(pod) || containers?.status !== 'True' || since === null || !view.passed(since + patienceMs)) return;
    const states = gates.map((type) => {
      const condition = stateOf(type);
      return condition === undefined
        ? `nobody has set condition ${type}`
        : `condition ${type} is ${condition.status}${condition.message ? ` (${condition.message})` : ''}`;
    });
    const object = podRef(pod);
    yield {
      code: podGateUnmet.code,
      object,
      discriminator: '',
      severity: severityFor(pod, view),
      since,
      facts: { gates, states },
      evidence: states.map((text) => evidence({ source: 'status', object, path: 'status.conditions', text, decisive: true })),
    };
  },
});
