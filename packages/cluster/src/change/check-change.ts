import { AppError, type Change, type ChangeOf, type ChangeVerb, groupOf, type KubeObject, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import { isPlaceholder, isSecret, secretValues } from './diff/secret-mask.ts';

const workloads = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'];

/** The kinds that a verb is for, as `group/Kind`; a verb that is not listed is for all. */
const kindsOf: Partial<Record<ChangeVerb, { kinds: readonly string[]; done: string }>> = {
  restart: { kinds: workloads, done: 'restarted' },
  undo: { kinds: workloads, done: 'rolled back' },
  setImage: { kinds: [...workloads, 'apps/ReplicaSet', '/ReplicationController'], done: 'given another image' },
  pause: { kinds: ['apps/Deployment'], done: 'paused' },
  resume: { kinds: ['apps/Deployment'], done: 'resumed' },
  evict: { kinds: ['/Pod'], done: 'evicted' },
  cordon: { kinds: ['/Node'], done: 'cordoned' },
  uncordon: { kinds: ['/Node'], done: 'uncordoned' },
  trigger: { kinds: ['batch/CronJob'], done: 'triggered' },
  suspend: { kinds: ['batch/CronJob', 'batch/Job'], done: 'suspended' },
  unsuspend: { kinds: ['batch/CronJob', 'batch/Job'], done: 'resumed' },
};

/** Throws VALIDATION_ERROR for a verb that the target's kind does not know. */
export function checkVerb({ verb, target }: Change): void {
  const rule = kindsOf[verb];
  if (rule === undefined || rule.kinds.includes(`${groupOf(target.apiVersion)}/${target.kind}`)) return;
  const names = rule.kinds.map((kind) => kind.slice(kind.indexOf('/') + 1)).join(', ');
  throw new AppError('VALIDATION_ERROR', `A ${target.kind} cannot be ${rule.done}.`, { hint: `This is for: ${names}.` });
}

/** Whether the change can't be judged without the object as it is now. */
export function needsLive(change: Change): boolean {
  if (change.verb === 'label' || change.verb === 'annotate') return !change.overwrite;
  if (change.verb === 'apply' || change.verb === 'replace') return isSecret(change.target);
  return ['undo', 'restart', 'trigger', 'setImage'].includes(change.verb) || (change.verb === 'scale' && change.currentReplicas !== undefined);
}

const stateSchema = z.looseObject({ spec: z.looseObject({ paused: z.boolean().optional(), replicas: z.number().optional() }).optional() });

/** Throws VALIDATION_ERROR or CONFLICT for what must not be sent to an object in this state. */
export function checkAgainstLive(change: Change, live: KubeObject | null): void {
  if (change.verb === 'apply' || change.verb === 'replace' || change.verb === 'create') checkSecret(change, live);
  if (live === null) return;
  const { spec } = stateSchema.parse(live);
  if ((change.verb === 'restart' || change.verb === 'undo') && spec?.paused === true) {
    throw new AppError('CONFLICT', `${refLabel(change.target)} is paused: it would not roll out.`, { hint: 'Resume it first.' });
  }
  if (change.verb === 'scale' && change.currentReplicas !== undefined && (spec?.replicas ?? 0) !== change.currentReplicas) {
    throw new AppError('CONFLICT', `${refLabel(change.target)} has ${spec?.replicas ?? 0} replicas, not ${change.currentReplicas}.`, {
      hint: 'Look at it again, then decide.',
    });
  }
  if (change.verb === 'label') checkOverwrite(change, live.metadata.labels ?? {});
  if (change.verb === 'annotate') checkOverwrite(change, live.metadata.annotations ?? {});
}

function checkOverwrite({ entries, overwrite }: ChangeOf<'label' | 'annotate'>, existing: Record<string, string>): void {
  if (overwrite) return;
  const taken = Object.entries(entries).find(([key, value]) => value !== null && existing[key] !== undefined && existing[key] !== value);
  if (taken === undefined) return;
  const [key] = taken;
  throw new AppError('CONFLICT', `'${key}' already has a value (${existing[key]}), and overwriting is not asked for.`, { hint: 'Ask to overwrite it.' });
}

/** A Secret that was shown without its values must not be written back: the masks would become the values. */
function checkSecret({ target, manifest }: ChangeOf<'apply' | 'replace' | 'create'>, live: KubeObject | null): void {
  if (!isSecret(target)) return;
  const known = live === null ? new Map<string, string>() : secretValues(live);
  const encodedMask = (value: string) => isPlaceholder(value) || isPlaceholder(Buffer.from(value, 'base64').toString('utf8'));
  for (const [key, value] of secretValues(manifest)) {
    const emptied = value === '' && (known.get(key) ?? '') !== '';
    if (!emptied && !encodedMask(value)) continue;
    throw new AppError('VALIDATION_ERROR', `The value of ${key} in ${refLabel(target)} is hidden here; written back, it would be lost.`, {
      hint: 'Give the value, or apply or patch only the keys that change.',
      details: { key },
    });
  }
}
