import { podOnMissingNode } from '../analysers/pod-missing-node.ts';
import { podGateUnmet } from '../analysers/pod-readiness-gate.ts';
import { podGated } from '../analysers/pod-scheduling.ts';
import { defineRule } from '../model/rule.ts';
import { nearMiss } from '../pods/near-name.ts';
import { workloadAt } from '../pods/workload.ts';
import { defineMechanism, endsAt, listed, listFact, ownedBy, stringFact } from './explain.ts';

const id = 'pod-binding';

export type NodeNameFacts = { node: string; path: string; meant: string | null; nodes: readonly string[] };

export const nodeNameMissing = defineMechanism<NodeNameFacts>({
  id: 'node-name-missing',
  title: (facts) => `Node ${facts.node} does not exist`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} binds its pods to node ${facts.node} (${facts.path}), past the scheduler, and the cluster has no such node${facts.meant === null ? '' : `; there is ${facts.meant}`}: no kubelet ever takes them.`,
});

export const schedulingGateClosed = defineMechanism<{ gates: readonly string[]; written: boolean }>({
  id: 'scheduling-gate-closed',
  title: (facts) => `Pods wait at the scheduling gate ${listed(facts.gates)}`,
  sentence: (facts, object) =>
    `Pods of ${object.kind} ${object.name} carry ${facts.gates.length === 1 ? 'the scheduling gate' : 'the scheduling gates'} ${listed(facts.gates)} ` +
    `${facts.written ? '(spec.schedulingGates of its own template)' : '(put there when they were admitted)'}, and the scheduler does not look at them until somebody takes ${facts.gates.length === 1 ? 'it' : 'them'} away, which nobody has.`,
});

export const readinessGateUnmet = defineMechanism<{ gates: readonly string[]; states: readonly string[]; written: boolean }>({
  id: 'readiness-gate-unmet',
  title: (facts) => `Pods wait for the readiness gate ${listed(facts.gates)}`,
  sentence: (facts, object) =>
    `All containers of the pods of ${object.kind} ${object.name} are ready, but the pods carry ${facts.gates.length === 1 ? 'the readiness gate' : 'the readiness gates'} ${listed(facts.gates)} ` +
    `${facts.written ? '(spec.readinessGates of the template)' : '(put there when they were admitted)'} and are not Ready before somebody sets that condition to True: ${facts.states.join(', ')}.`,
});

const mostNodes = 5;

/** Pods that are kept from running, or from being used: bound by name to a node that is not there, or held at a gate. */
export const podBindingRule = defineRule({
  id,
  explains: [podOnMissingNode.code, podGated.code, podGateUnmet.code],
  mechanisms: [nodeNameMissing, schedulingGateClosed, readinessGateUnmet],
  *explain(finding, view) {
    const common = { rule: id, finding, object: view.topOwner(finding.object), via: ownedBy(finding.object, view), evidence: finding.evidence };
    if (finding.code === podGated.code) {
      const facts = { gates: listFact(finding.facts, 'gates'), written: finding.facts.written === true };
      yield endsAt({ ...common, mechanism: schedulingGateClosed, facts, strength: facts.written ? 'certain' : 'likely' });
      return;
    }
    if (finding.code === podGateUnmet.code) {
      const gates = listFact(finding.facts, 'gates');
      const written = workloadAt(finding.object, view)?.spec.readinessGates?.some(({ conditionType }) => gates.includes(conditionType)) === true;
      const facts = { gates, states: listFact(finding.facts, 'states'), written };
      yield endsAt({ ...common, mechanism: readinessGateUnmet, facts, strength: written ? 'certain' : 'likely' });
      return;
    }
    const node = stringFact(finding.facts, 'node') ?? '';
    const names = view.list('Node').map(({ metadata }) => metadata.name);
    const facts = { node, path: stringFact(finding.facts, 'path') ?? '', meant: nearMiss(node, names), nodes: names.slice(0, mostNodes) };
    yield endsAt({ ...common, mechanism: nodeNameMissing, facts, strength: 'certain' });
  },
});
