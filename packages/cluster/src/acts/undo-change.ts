import type { ActUndo, Change, KubeObject } from '@quarterdeck/contract';
import { comparable } from '../change/diff/clean-object.ts';
import { isSecret } from '../change/diff/secret-mask.ts';
import { kubectlCommand } from './kubectl-command.ts';

/**
 * How a change is taken back, from the object before it and, once it is done, after it; null where that is not known yet.
 * Objects as the server keeps them: of a Secret nothing is told that would have to hold its values.
 */
export function undoOf(change: Change, before: KubeObject | null, after: KubeObject | null): ActUndo | null {
  const { target } = change;
  switch (change.verb) {
    case 'scale':
      return before === null ? null : by({ verb: 'scale', target, replicas: replicasOf(before) });
    case 'cordon':
      return by({ verb: 'uncordon', target });
    case 'uncordon':
      return by({ verb: 'cordon', target });
    case 'suspend':
      return by({ verb: 'unsuspend', target });
    case 'unsuspend':
      return by({ verb: 'suspend', target });
    case 'pause':
      return by({ verb: 'resume', target });
    case 'resume':
      return by({ verb: 'pause', target });
    case 'label':
    case 'annotate': {
      if (before === null) return null;
      const old: Readonly<Record<string, string>> = (change.verb === 'label' ? before.metadata.labels : before.metadata.annotations) ?? {};
      const entries = Object.fromEntries(Object.keys(change.entries).map((key) => [key, old[key] ?? null]));
      return by({ verb: change.verb, target, entries, overwrite: true });
    }
    case 'restart':
      return noWay('The pods were made anew; nothing of what they ran changed.');
    case 'evict':
      return noWay('Its owner makes a pod in its place.');
    case 'trigger':
      return by({ verb: 'delete', target: { ...target, apiVersion: 'batch/v1', kind: 'Job', name: change.jobName }, propagation: 'background' });
    case 'delete':
      return before === null ? null : restored(before, target);
    case 'create':
    case 'apply':
    case 'replace':
    case 'patch':
    case 'setImage':
    case 'undo':
      return after === null ? null : takenBack(change, before, after);
  }
}

function by(change: Change): ActUndo {
  return { change, kubectl: kubectlCommand(change), note: null };
}

function noWay(note: string): ActUndo {
  return { change: null, kubectl: null, note };
}

function restored(before: KubeObject, target: Change['target']): ActUndo {
  if (isSecret(before)) return noWay('The values of a Secret are not kept: make it anew from where it came.');
  if ((before.metadata.ownerReferences ?? []).length > 0) return noWay('Its owner makes it anew where it is still wanted.');
  const [object] = comparable(before, null);
  return object === null ? noWay('It was not seen before.') : by({ verb: 'create', target, manifest: { ...object } });
}

function takenBack(change: Change, before: KubeObject | null, after: KubeObject): ActUndo {
  const target = { ...change.target, name: after.metadata.name };
  if (change.verb === 'create' || before === null)
    return by({ verb: 'delete', target, ...(after.metadata.uid === undefined ? {} : { uid: after.metadata.uid }) });
  if (isSecret(after)) return noWay('The values of a Secret are not kept: set them again from where they came.');
  const keepStatus = change.verb === 'patch' && change.subresource !== undefined;
  const [old, now] = comparable(before, after, { keepStatus });
  const patch = old === null || now === null ? {} : reversePatch({ ...old }, { ...now });
  if (Object.keys(patch).length === 0) return noWay('Nothing changed.');
  return by({ verb: 'patch', target, patchType: 'merge', patch, ...(keepStatus && change.verb === 'patch' ? { subresource: change.subresource } : {}) });
}

/** The JSON merge patch (RFC 7386) that makes `before` of `after`: what differs, lists as a whole. */
function reversePatch(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[key], after[key]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    const inner = isRecord(old) && isRecord(now) ? reversePatch(old, now) : null;
    if (inner === null) patch[key] = old ?? null;
    else if (Object.keys(inner).length > 0) patch[key] = inner;
  }
  return patch;
}

/** A Scale of zero leaves the number out. */
function replicasOf(scale: KubeObject): number {
  const spec = 'spec' in scale ? scale.spec : null;
  const replicas = isRecord(spec) ? spec.replicas : null;
  return typeof replicas === 'number' ? replicas : 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
