import { listFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { isEditable, recreateWith } from './recreate.ts';
import { type PatchOperation, patchStep, proposal } from './step.ts';

/** The nearest value or key that nodes have, else no demand at all. */
export const nodeSelectorRemedy = defineRemedy({
  mechanisms: ['node-selector-unmet'],
  propose(incident, view) {
    const { facts, cause } = incident;
    const [key, wanted, path] = [stringFact(facts, 'key'), stringFact(facts, 'wanted'), stringFact(facts, 'path')];
    if (key === null || wanted === null || path === null) return { missing: ['Which nodes should take the pods.'] };
    if (!isEditable(cause)) return recreateWith(cause, `a demand that a node meets instead of ${key}=${wanted}`);
    return path.endsWith('nodeSelector') ? inSelector(incident, { key, wanted, path }, view) : inAffinity(incident, { key, wanted, path }, view);
  },
});

interface Demand {
  key: string;
  wanted: string;
  path: string;
}

function inSelector({ cause, facts }: Incident, { key, wanted, path }: Demand, view: ClusterView): RemedyProposal {
  const field = `${path}["${key}"]`;
  const back = { op: 'add', path: field, value: wanted } as const;
  const [nearest, meantKey] = [stringFact(facts, 'nearest'), stringFact(facts, 'meantKey')];
  if (nearest !== null) {
    const step = patchStep({ ref: cause, description: `Ask for ${key}=${nearest}` }, [{ op: 'replace', path: field, value: nearest }], [back]);
    return proposal(`Ask for ${key}=${nearest}, which nodes have.`, [step], { assumptions: [`${key}=${nearest} was meant.`] });
  }
  if (meantKey !== null) {
    const right = `${path}["${meantKey}"]`;
    const move: PatchOperation[] = [
      { op: 'remove', path: field },
      { op: 'add', path: right, value: wanted },
    ];
    const step = patchStep({ ref: cause, description: `Ask for ${meantKey}=${wanted}` }, move, [{ op: 'remove', path: right }, back]);
    return proposal(`Ask for the label ${meantKey}, which nodes carry.`, [step], {
      assumptions: [`${meantKey} was meant, and a node has it with the value ${wanted}.`],
    });
  }
  const only = Object.keys(workloadAt(cause, view)?.spec.nodeSelector ?? {}).length === 1;
  const undo = only ? ({ op: 'add', path, value: { [key]: wanted } } as const) : back;
  return withoutDemand({ cause, facts }, { key, wanted, path: only ? path : field }, undo);
}

/** The value that nodes have in place of one that none has; else the only expression goes with its whole term. */
function inAffinity({ cause, facts }: Incident, { key, wanted, path }: Demand, view: ClusterView): RemedyProposal | { missing: string[] } {
  const nearest = stringFact(facts, 'nearest');
  const values = wanted.split(', ');
  if (nearest !== null) {
    const step = patchStep(
      { ref: cause, description: `Ask for ${key}=${nearest}` },
      [{ op: 'replace', path: `${path}.values`, value: [nearest] }],
      [{ op: 'replace', path: `${path}.values`, value: values }],
    );
    return proposal(`Ask for ${key}=${nearest}, which nodes have.`, [step], { assumptions: [`${key}=${nearest} was meant.`] });
  }
  const affinity = workloadAt(cause, view)?.spec.affinity?.nodeAffinity;
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const required = path.replace(/\.nodeSelectorTerms\[.*$/, '');
  if (terms.length !== 1 || terms[0]?.matchExpressions?.length !== 1 || required === path)
    return {
      missing: [
        `Which nodes should take the pods: ${key}=${wanted} is one of several demands of a node affinity (${path}), which only its author can rewrite.`,
      ],
    };
  return withoutDemand(
    { cause, facts },
    { key, wanted, path: required },
    { op: 'add', path: required, value: affinity?.requiredDuringSchedulingIgnoredDuringExecution },
  );
}

function withoutDemand({ cause, facts }: Pick<Incident, 'cause' | 'facts'>, { key, wanted, path }: Demand, undo: PatchOperation): RemedyProposal {
  const existing = listFact(facts, 'existing');
  const step = patchStep({ ref: cause, description: `Remove the demand ${key}=${wanted}`, impact: 'medium' }, [{ op: 'remove', path }], [undo]);
  const values = existing.length > 0 ? `nodes have ${key}=${existing.join(', ')}` : `no node carries the label ${key}`;
  return proposal(`Remove the demand ${key}=${wanted}: ${values}.`, [step], {
    assumptions: ['The pods may run on any node. If they need special hardware, a node with that label has to be added instead.'],
    recommendations: [`Label nodes in the same place where they are created, so that a demand such as ${key} cannot outlive them.`],
  });
}

const defaultScheduler = 'default-scheduler';

/** The scheduler that places the other pods. */
export const schedulerRemedy = defineRemedy({
  mechanisms: ['scheduler-not-running'],
  propose(incident, view) {
    const { usual, scheduler } = incident.facts;
    const workload = workloadAt(incident.cause, view);
    if (typeof scheduler !== 'string' || workload === null) return { missing: ['The scheduler that the pods name.'] };
    const replacement = typeof usual === 'string' ? usual : defaultScheduler;
    const known = typeof usual === 'string' ? 'which places the other pods of this cluster' : 'the scheduler of every pod that names none';
    const field = `${workload.path}.schedulerName`;
    const step = patchStep(
      { ref: incident.cause, description: `Let ${replacement} place the pods` },
      [{ op: 'replace', path: field, value: replacement }],
      [{ op: 'replace', path: field, value: scheduler }],
    );
    return proposal(`Set schedulerName to ${replacement}, ${known}.`, [step], {
      assumptions: [`The pods do not depend on what ${scheduler} does differently (gang scheduling, bin packing).`],
    });
  },
});

/** Cores that were meant as millicores fit; any other size is the author's to choose. */
export const requestRemedy = defineRemedy({
  mechanisms: ['request-exceeds-nodes'],
  propose(incident, view) {
    const { resource, largest, requested } = incident.facts;
    const workload = workloadAt(incident.cause, view);
    const containers = workload?.spec.containers ?? [];
    const index = containers.findIndex((container) => String(container.resources?.requests?.cpu ?? '') === requested);
    const cores = Number(requested);
    if (workload === null || resource !== 'cpu' || index < 0 || !Number.isInteger(cores) || cores < 16) {
      return { missing: [`How much ${String(resource)} the program needs: it asks for ${String(requested)}, and the largest node has ${String(largest)}.`] };
    }
    const resources = containers[index]?.resources;
    const field = `${workload.path}.containers[${index}].resources`;
    const changed = {
      ...resources,
      requests: { ...resources?.requests, cpu: `${cores}m` },
      ...(resources?.limits?.cpu === undefined ? {} : { limits: { ...resources.limits, cpu: `${cores}m` } }),
    };
    const step = patchStep(
      { ref: incident.cause, description: `Request ${cores}m CPU` },
      [{ op: 'replace', path: field, value: changed }],
      [{ op: 'replace', path: field, value: resources }],
    );
    return proposal(`Request ${cores}m CPU (millicores) instead of ${cores} cores.`, [step], {
      assumptions: [`${cores} was written for ${cores}m: no node of the cluster has more than ${String(largest)} cores.`],
    });
  },
});
