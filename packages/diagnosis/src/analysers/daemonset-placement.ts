import { refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import { fieldEvidence, timeOf } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { type LabelDemand, labelDemands, meets } from '../scheduling/node-fit.ts';

export type NoNodeFacts = { demands: readonly string[]; nodes: number };

export const daemonSetWithoutNodes = defineCode<NoNodeFacts>({
  code: 'daemonset-without-nodes',
  title: 'DaemonSet wants no pod at all',
  documentation:
    'No node has the labels that the DaemonSet asks for, so it wants zero pods and Kubernetes is content. Demands for a platform or for hardware that the cluster may well lack (operating system, architecture, instance type, accelerators) are taken for intended unless a node has almost the value.',
  silentWhen: 'The DaemonSet is for nodes that come and go (accelerators, Windows) and no node has ever matched within its first minutes.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 0,
  message: (facts) => `Wants 0 pods: none of ${facts.nodes} nodes has ${facts.demands.join(' and ')}.`,
});

const youngMs = 30_000;
/** Labels of platform and hardware: an agent for what is not there is an agent in waiting. */
const ofPlatform =
  /^(?:(?:beta\.)?kubernetes\.io\/(?:os|arch)|node\.kubernetes\.io\/(?:instance-type|windows-build)|feature\.node\.kubernetes\.io\/.*)$|gpu|nvidia|accelerator|neuron/i;

type Labels = Readonly<Record<string, string>>;

/** What no node has and was probably not left out on purpose. */
export function unmetDemands(demands: readonly LabelDemand[], nodes: readonly Labels[]): LabelDemand[] {
  const unmet = demands.filter((demand) => !nodes.some((labels) => meets(labels, demand)));
  return unmet.filter((demand) => !ofPlatform.test(demand.key) || hasNearValue(demand, nodes));
}

function hasNearValue(demand: LabelDemand, nodes: readonly Labels[]): boolean {
  const existing = nodes.flatMap((labels) => labels[demand.key] ?? []);
  return demand.values.some((value) => nearMiss(value, existing) !== null);
}

export const daemonSetPlacement: AnyAnalyser = defineAnalyser({
  id: 'daemonset-placement',
  kind: 'DaemonSet',
  reads: ['Node'],
  codes: [daemonSetWithoutNodes],
  *analyse(set, view) {
    const created = timeOf(set.metadata.creationTimestamp);
    const observed = (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);
    const nodes = view.list('Node').map((node) => node.metadata.labels ?? {});
    if (!observed || nodes.length === 0 || set.metadata.deletionTimestamp !== undefined || (set.status?.desiredNumberScheduled ?? 0) > 0) return;
    if (created !== null && !view.passed(created + youngMs)) return;
    const unmet = unmetDemands(labelDemands(set.spec?.template.spec ?? { containers: [] }), nodes);
    if (unmet.length === 0) return;
    const object = refOf(set);
    const demands = unmet.map((demand) => `${demand.key}=${demand.values.join(', ') || demand.operator}`);
    yield {
      code: daemonSetWithoutNodes.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: created,
      facts: { demands, nodes: nodes.length },
      evidence: [fieldEvidence(object, 'status.desiredNumberScheduled', 0, { text: `Wants 0 pods on ${nodes.length} nodes` })],
    };
  },
});
