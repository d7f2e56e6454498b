import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { patchStep, proposal } from './step.ts';

/** The nearest value that a node has, else no demand at all. */
export const nodeSelectorRemedy = defineRemedy({
  mechanisms: ['node-selector-unmet'],
  propose(incident, view) {
    const { key, wanted, nearest, path, existing } = incident.facts;
    if (typeof key !== 'string' || typeof wanted !== 'string' || typeof path !== 'string' || !path.endsWith('nodeSelector')) {
      return { missing: [`Which nodes should take the pods: the demand stands in a node affinity (${String(path)}), which only its author can rewrite.`] };
    }
    const field = `${path}["${key}"]`;
    const back = { op: 'add', path: field, value: wanted } as const;
    if (typeof nearest === 'string') {
      const step = patchStep({ ref: incident.cause, description: `Ask for ${key}=${nearest}` }, [{ op: 'replace', path: field, value: nearest }], [back]);
      return proposal(`Ask for ${key}=${nearest}, which nodes have.`, [step], { assumptions: [`${key}=${nearest} was meant.`] });
    }
    const only = Object.keys(workloadAt(incident.cause, view)?.spec.nodeSelector ?? {}).length === 1;
    const undo = only ? ({ op: 'add', path, value: { [key]: wanted } } as const) : back;
    const step = patchStep(
      { ref: incident.cause, description: `Remove the demand ${key}=${wanted}`, impact: 'medium' },
      [{ op: 'remove', path: only ? path : field }],
      [undo],
    );
    const values = Array.isArray(existing) && existing.length > 0 ? `nodes have ${key}=${existing.join(', ')}` : `no node carries the label ${key}`;
    return proposal(`Remove the node selector ${key}=${wanted}: ${values}.`, [step], {
      assumptions: ['The pods may run on any node. If they need special hardware, a node with that label has to be added instead.'],
      recommendations: [`Label nodes in the same place where they are created, so that a selector such as ${key} cannot outlive them.`],
    });
  },
});

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
