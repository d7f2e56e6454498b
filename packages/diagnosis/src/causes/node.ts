import type { NodeFacts } from '../analysers/node.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { ending, upstream } from './explain.ts';

const notReady: Mechanism<NodeFacts> = {
  id: 'node-not-ready',
  title: (_facts, object) => `Node ${object.name} is not ready`,
  sentence: (facts, object) =>
    facts.status === 'Unknown'
      ? `Node ${object.name} stopped reporting (${facts.message}): the machine, its network or its kubelet is down. ${facts.pods} pods run there.`
      : `The kubelet of Node ${object.name} reports that it is not ready: ${facts.message}. ${facts.pods} pods run there.`,
};

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
  mechanisms: [notReady, pressure],
  *explain(finding) {
    const reason = { rule: 'node', strength: 'certain', evidence: finding.evidence } as const;
    const { object, facts } = finding;
    if (!isNodeFacts(facts)) return;
    yield ending(finding, { object, mechanism: (finding.code === 'node-not-ready' ? notReady : pressure).id, facts }, reason);
  },
});

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
