import { parseQuantity } from '@quarterdeck/contract';
import { defineRemedy } from '../../model/remedy.ts';
import { templateContainer, workloadAt } from '../../pods/workload.ts';
import { freeOn } from '../../scheduling/node-fit.ts';
import { formatBytes } from '../../scheduling/quantity.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { undoRollout } from './incident-rollout.ts';
import { patchStep, proposal } from './step.ts';

/** Without metrics the use at the moment of the kill is only known to be above the limit: four times it, and a quarter of head-room. */
const factor = 5;

/** Raises the limit to a power of two that the nodes can give. */
export const memoryRemedy = defineRemedy({
  mechanisms: ['memory-limit-exceeded'],
  propose(incident, view) {
    const undo = undoRollout(incident);
    const workload = workloadAt(incident.cause, view);
    const { container: name, limit } = incident.facts;
    const container = workload === null || typeof name !== 'string' ? null : templateContainer(workload, name);
    const bytes = typeof limit === 'string' ? parseQuantity(limit) : null;
    if (undo !== null) return undo;
    if (incident.cause.kind === 'Job' || incident.cause.kind === 'Pod')
      return { missing: [`${incident.cause.kind} ${incident.cause.name} cannot change its limit in place: create it again with more than ${String(limit)}.`] };
    if (container?.spec.resources?.limits?.memory === undefined || bytes === null)
      return { missing: ['The memory that the program uses under load: kubectl top pod --containers.'] };
    const wanted = Math.min(2 ** Math.ceil(Math.log2(bytes * factor)), largestFree(view));
    if (wanted <= bytes)
      return { missing: [`Memory: no node has more than ${formatBytes(largestFree(view))} free, and the limit of ${String(limit)} is not enough.`] };
    const field = `${container.path}.resources.limits.memory`;
    const step = patchStep(
      { ref: incident.cause, description: `Raise the memory limit of ${String(name)} to ${formatBytes(wanted)}` },
      [{ op: 'replace', path: field, value: formatBytes(wanted) }],
      [{ op: 'replace', path: field, value: limit }],
    );
    return proposal(`Raise the memory limit of ${String(name)} from ${String(limit)} to ${formatBytes(wanted)}.`, [step], {
      assumptions: [
        `How much the program needs was not measured: it was killed at ${String(limit)}. ${formatBytes(wanted)} leaves room for four times that and is to be verified with kubectl top pod.`,
        'The program does not leak; if it does, it will be killed again, only later.',
      ],
      evidenceToGather: ['Memory use over a day: kubectl top pod --containers, or container_memory_working_set_bytes.'],
      recommendations: ['Set requests and limits from measured use, and alert when use comes near the limit.'],
    });
  },
});

function largestFree(view: ClusterView): number {
  const nodes = view.list('Node').filter((node) => node.spec?.unschedulable !== true);
  // Where not all pods were read, what they hold is not known; the node's size is the only bound.
  const pods = view.scope === null ? view.list('Pod') : [];
  const free = Math.max(0, ...nodes.map((node) => freeOn(node, 'memory', pods)));
  return nodes.length === 0 ? Infinity : 2 ** Math.floor(Math.log2(Math.max(1, free)));
}
