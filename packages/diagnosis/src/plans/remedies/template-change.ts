import type { Incident } from '../../model/incident.ts';
import type { RemedyProposal } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { isEditable, recreateWith, remakeDecisions } from './recreate.ts';
import { type PatchOperation, patchStep, proposal } from './step.ts';

export type Proposed = RemedyProposal | { missing: string[] };

export interface TemplateChange {
  /** In words: `Tolerate the taint dedicated=gpu:NoSchedule`. */
  description: string;
  operations: readonly PatchOperation[];
  undo: readonly PatchOperation[];
  assumption: string;
  impact?: 'low' | 'medium';
  recommendations?: string[];
}

/** One patch of the template, where it can be changed in place. */
export function changed(
  { cause }: Incident,
  view: ClusterView,
  { description, operations, undo, assumption, impact = 'low', recommendations = [] }: TemplateChange,
): Proposed {
  if (!isEditable(cause)) return recreateWith(cause, `this change: ${description}`);
  const step = patchStep({ ref: cause, description, impact }, operations, undo);
  return proposal(`${description}.`, [step], { assumptions: [assumption], recommendations, decisions: remakeDecisions(cause, view) });
}

/** The value at a path inside the workload's pod spec, e.g. `tolerations[0]`. */
export function specValue(incident: Incident, path: string, view: ClusterView): unknown {
  const workload = workloadAt(incident.cause, view);
  if (workload === null || !path.startsWith(`${workload.path}.`)) return undefined;
  const parts = [...path.slice(workload.path.length + 1).matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => index ?? name ?? '');
  return parts.reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined), workload.spec);
}
