import { isDeepStrictEqual } from 'node:util';
import type { Change, Impact, KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';

export interface ImpactNote {
  level: Impact;
  note: string;
}

const workloadSchema = z.looseObject({ spec: z.looseObject({ replicas: z.number().optional(), template: z.unknown().optional() }).optional() });

/** Deleting one of these takes other things with it. */
const deletions: Readonly<Record<string, ImpactNote>> = {
  Namespace: { level: 'high', note: 'Everything in the namespace is deleted with it.' },
  CustomResourceDefinition: { level: 'high', note: 'Every object of this kind is deleted with it, in all namespaces.' },
  PersistentVolumeClaim: { level: 'high', note: 'Its volume may be deleted with it, and the data in it.' },
  PersistentVolume: { level: 'high', note: 'The claim that uses it loses its data.' },
  StatefulSet: { level: 'high', note: 'Its pods are deleted too; its claims stay.' },
  Deployment: { level: 'high', note: 'Its pods are deleted too.' },
  DaemonSet: { level: 'high', note: 'Its pods are deleted too, on every node.' },
  Node: { level: 'high', note: 'Its pods are given up and made anew elsewhere.' },
  Secret: { level: 'medium', note: 'Pods that use it do not start any more.' },
  ConfigMap: { level: 'medium', note: 'Pods that use it do not start any more.' },
  Service: { level: 'high', note: 'Nothing reaches its pods under this name any more.' },
  Pod: { level: 'low', note: 'Its owner starts another.' },
};

/** What a change means for what runs, beyond the fields that it changes. */
export function impactOf(change: Change, before: KubeObject | null, after: KubeObject | null): ImpactNote {
  switch (change.verb) {
    case 'delete':
      if (isAlone(before)) return alone;
      return orphaning(change.propagation, deletions[change.target.kind] ?? { level: 'medium', note: 'What it owns is deleted with it.' });
    case 'evict':
      return isAlone(before) ? alone : { level: 'low', note: 'The pod ends; its owner starts another.' };
    case 'scale':
      return scaling(replicasOf(before), change.replicas);
    case 'cordon':
      return { level: 'low', note: 'No new pods start on the node; those on it go on.' };
    case 'uncordon':
      return { level: 'none', note: 'New pods may start on the node again.' };
    case 'trigger':
      return { level: 'low', note: 'One more Job runs now, beside those of the schedule.' };
    case 'suspend':
      return { level: 'medium', note: change.target.kind === 'Job' ? 'Its running pods end.' : 'No new Jobs start until it is resumed.' };
    default:
      return ofDifference(before, after);
  }
}

const alone: ImpactNote = { level: 'medium', note: 'No controller owns the pod: nothing makes it anew.' };

function isAlone(before: KubeObject | null): boolean {
  return before?.kind === 'Pod' && before.metadata.ownerReferences?.some(({ controller }) => controller === true) !== true;
}

function orphaning(propagation: string | undefined, note: ImpactNote): ImpactNote {
  return propagation === 'orphan' ? { level: 'medium', note: 'What it owns stays, without an owner.' } : note;
}

function scaling(from: number, to: number): ImpactNote {
  if (to === 0 && from > 0) return { level: 'high', note: 'No pod is left: nothing answers any more.' };
  if (to < from) return { level: 'medium', note: `${count(from - to)} end${from - to === 1 ? 's' : ''}.` };
  return to === from ? { level: 'none', note: 'It has as many already.' } : { level: 'low', note: `${count(to - from)} more.` };
}

function ofDifference(before: KubeObject | null, after: KubeObject | null): ImpactNote {
  if (before === null) return { level: 'low', note: 'It is created.' };
  if (isDeepStrictEqual(before, after)) return { level: 'none', note: 'Nothing changes.' };
  const [old, now] = [workloadSchema.safeParse(before), workloadSchema.safeParse(after)];
  if (!old.success || !now.success) return { level: 'low', note: 'Only this object changes.' };
  const [from, to] = [old.data.spec?.replicas, now.data.spec?.replicas];
  if (rollsOut(before.kind) && !isDeepStrictEqual(old.data.spec?.template, now.data.spec?.template)) {
    return { level: 'medium', note: from === undefined ? 'Its pods are replaced.' : `Its pods are replaced (${count(from)}).` };
  }
  return from !== undefined && to !== undefined && from !== to ? scaling(from, to) : { level: 'low', note: 'Only this object changes.' };
}

function rollsOut(kind: string): boolean {
  return ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind);
}

function replicasOf(object: KubeObject | null): number {
  const parsed = workloadSchema.safeParse(object);
  return (parsed.success && parsed.data.spec?.replicas) || 0;
}

function count(pods: number): string {
  return pods === 1 ? '1 pod' : `${pods} pods`;
}
