import { refOf } from '@quarterdeck/contract';
import type { NodeFacts } from '../analysers/node.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { Pod } from '../pods/containers.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, upstream } from './explain.ts';

const notReady: Mechanism<NodeFacts> = {
  id: 'node-not-ready',
  title: (_facts, object) => `Node ${object.name} is not ready`,
  sentence: (facts, object) =>
    facts.status === 'Unknown'
      ? `Node ${object.name} stopped reporting (${facts.message}): the machine, its network or its kubelet is down. ${facts.pods} pods run there.`
      : `The kubelet of Node ${object.name} reports that it is not ready: ${facts.message}. ${facts.pods} pods run there.`,
};

const networkNotReady: Mechanism<NodeFacts> = {
  id: 'node-network-not-ready',
  title: (_facts, object) => `Node ${object.name} has no pod network`,
  sentence: (facts, object) =>
    `Node ${object.name} is not ready because its network plug-in (CNI) is not set up: ${facts.message}. Pods that need an address cannot start there; ${facts.pods} pods run there.`,
};

const runtimeDown: Mechanism<NodeFacts> = {
  id: 'node-runtime-down',
  title: (_facts, object) => `The container runtime of Node ${object.name} does not answer`,
  sentence: (facts, object) =>
    `Node ${object.name} is not ready because its container runtime does not answer: ${facts.message}. ${facts.pods} pods run there.`,
};

/** What the kubelet gives as the reason, in its own words. */
const reasons: readonly [RegExp, Mechanism<NodeFacts>][] = [
  [/NetworkPluginNotReady|NetworkReady=false|cni (?:plugin|config)/i, networkNotReady],
  [/container runtime is down|PLEG is not healthy|RuntimeReady=false|container runtime status check may not have completed/i, runtimeDown],
];

function mechanismOf(code: string, { message }: NodeFacts): Mechanism<NodeFacts> {
  if (code !== 'node-not-ready') return pressure;
  return reasons.find(([pattern]) => pattern.test(message))?.[1] ?? notReady;
}

const pressure: Mechanism<NodeFacts> = {
  id: 'node-pressure',
  title: (facts, object) => `Node ${object.name} reports ${facts.condition}`,
  sentence: (facts, object) => `Node ${object.name} reports ${facts.condition} (${facts.message}): it takes no new pods and evicts some of those it has.`,
};

function isNodeFacts(facts: Facts): facts is NodeFacts {
  return typeof facts.condition === 'string' && typeof facts.status === 'string' && typeof facts.message === 'string' && typeof facts.pods === 'number';
}

export const nodeRule = defineRule({
  id: 'node',
  explains: ['node-not-ready', 'node-pressure'],
  mechanisms: [notReady, networkNotReady, runtimeDown, pressure],
  *explain(finding, view) {
    const { object, facts } = finding;
    if (!isNodeFacts(facts)) return;
    const mechanism = mechanismOf(finding.code, facts);
    const agents = mechanism === networkNotReady ? networkAgentsOn(object.name, view) : [];
    for (const cause of agents) yield upstream(finding, cause, { rule: 'node', strength: 'certain' });
    const strength = agents.length === 0 ? 'certain' : 'possible';
    yield ending(finding, { object, mechanism: mechanism.id, facts }, { rule: 'node', strength, evidence: finding.evidence });
  },
});

/** What a pod without a network may still be ill of by itself; that it is unready follows from the node. */
const ownFaults = new Set(['container-crash-loop', 'container-image-pull', 'container-config-error', 'container-create-error', 'container-oom-killed']);

/** Pods on the node's own network that a DaemonSet puts there and that mount the folder of network plug-ins. */
function networkAgentsOn(node: string, view: RuleView): readonly IdentifiedFinding[] {
  const isAgent = (pod: Pod) =>
    pod.spec?.nodeName === node && (pod.spec.volumes ?? []).some(({ hostPath }) => /^\/(etc|opt)\/cni(\/|$)/.test(hostPath?.path ?? ''));
  return view
    .list('Pod')
    .filter(isAgent)
    .flatMap((pod) => [...view.findingsOn(refOf(pod))].filter(({ code }) => ownFaults.has(code)));
}

/** What a node's condition does to the pods on it. */
const suffers: Readonly<Record<string, readonly string[]>> = {
  'container-unready': ['node-not-ready'],
  'container-not-starting': ['node-not-ready', 'node-pressure'],
  'pod-stuck-terminating': ['node-not-ready'],
  'pod-evicted': ['node-pressure', 'node-not-ready'],
};

export const podOnNodeRule = defineRule({
  id: 'pod-on-node',
  explains: Object.keys(suffers),
  mechanisms: [],
  *explain(finding, view) {
    for (const via of view.outgoing(finding.object, 'runsOn')) {
      for (const code of suffers[finding.code] ?? []) {
        for (const cause of view.findingsOn(via.to, code)) yield upstream(finding, cause, { rule: 'pod-on-node', strength: 'certain', via });
      }
    }
  },
});

/** The taint that each condition puts on a node, as the scheduler quotes it. */
const taints: Readonly<Record<string, RegExp>> = {
  'node-not-ready': /node\.kubernetes\.io\/(not-ready|unreachable)/,
  'node-pressure': /node\.kubernetes\.io\/(disk|memory|pid)-pressure/,
};

/** A pod that finds no node because nodes are ill; only as sure as other nodes do not turn it down too. */
export const podWithoutNodeRule = defineRule({
  id: 'pod-without-node',
  explains: ['pod-unschedulable'],
  mechanisms: [],
  *explain(finding, view) {
    const text = Array.isArray(finding.facts.taints) ? finding.facts.taints.join(' ') : '';
    const clauses = Array.isArray(finding.facts.clauses) ? finding.facts.clauses.map(String) : [];
    const alone = clauses.length === 1;
    for (const [code, pattern] of Object.entries(taints)) {
      if (!pattern.test(text)) continue;
      for (const cause of view.findingsOf(code)) yield upstream(finding, cause, { rule: 'pod-without-node', strength: alone ? 'certain' : 'possible' });
    }
  },
});
