import { type Change, type Condition, type FieldChange, groupOf, type KubeObject } from '@quarterdeck/contract';
import type { PodsFate } from './fate-of-pods.ts';

/** Seconds that a step may take to become true where nobody says otherwise: what a rollout of a few pods needs, twice. */
export const usualPatience = 180;
/** Seconds that an issue may take to go away after all steps: one that comes and goes must stay away for a while. */
export const issuePatience = 300;

interface Known {
  fields: readonly FieldChange[];
  fate: PodsFate;
  after: KubeObject | null;
}

const rollsOut = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet']);

/** What shows that a change has worked, from what it changes. Empty where it is done as soon as it is written. */
export function defaultConditions(change: Change, { fields, fate, after }: Known): Condition[] {
  const { target } = change;
  const kind = `${groupOf(target.apiVersion)}/${target.kind}`;
  if (change.verb === 'delete' || change.verb === 'evict') return [{ type: 'gone', target }];
  if (change.verb === 'trigger') {
    return [{ type: 'jobComplete', target: { ...target, apiVersion: 'batch/v1', kind: 'Job', name: change.jobName } }];
  }
  const specChanges = fields.some(({ path }) => path === '.' || path.startsWith('.spec'));
  if (!specChanges) return [];
  if (kind === 'batch/Job' && makes(change)) return [{ type: 'jobComplete', target }];
  if (kind === '/Service') return leads(after) ? [{ type: 'endpointsReady', target }] : [];
  return rollsOut.has(kind) && (fate.fate !== 'none' || makes(change)) && !standsStill(after) ? [{ type: 'rolloutComplete', target }] : [];
}

function makes({ verb }: Change): boolean {
  return verb === 'create' || verb === 'apply' || verb === 'resume';
}

/** A rollout that somebody paused, or in which somebody deletes the pods by hand, does not come to an end by itself. */
function standsStill(workload: KubeObject | null): boolean {
  const spec = specOf(workload);
  const strategy = isRecord(spec.updateStrategy) ? spec.updateStrategy.type : null;
  return spec.paused === true || strategy === 'OnDelete';
}

/** Without a selector somebody else looks after its endpoints; an ExternalName has none. */
function leads(service: KubeObject | null): boolean {
  const { selector, type } = specOf(service);
  return isRecord(selector) && Object.keys(selector).length > 0 && type !== 'ExternalName';
}

function specOf(object: KubeObject | null): Record<string, unknown> {
  return object !== null && 'spec' in object && isRecord(object.spec) ? object.spec : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
