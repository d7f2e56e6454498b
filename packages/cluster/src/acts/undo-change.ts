import type { ActUndo, Change, ChangeOf, KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';
import { comparable } from '../change/diff/clean-object.ts';
import { isSecret } from '../change/diff/secret-mask.ts';
import { inverseJsonPatch } from './inverse-json-patch.ts';
import { kubectlCommand } from './kubectl-command.ts';

const containers = z.array(z.looseObject({ name: z.string(), image: z.string().default('') })).default([]);
const workloadSchema = z.looseObject({
  spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers, initContainers: containers }) }) }),
});

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
    case 'setImage':
      return before === null ? null : by({ verb: 'setImage', target, images: imagesOf(before, Object.keys(change.images)) });
    case 'create':
    case 'apply':
    case 'replace':
    case 'patch':
    case 'undo':
      return after === null ? null : takenBack(change, before, after);
  }
}

function by(change: Change, note: string | null = null): ActUndo {
  return { change, kubectl: kubectlCommand(change), note };
}

function noWay(note: string): ActUndo {
  return { change: null, kubectl: null, note };
}

function restored(before: KubeObject, target: Change['target']): ActUndo {
  if (isSecret(before)) return noWay('The values of a Secret are not kept: make it anew from where it came.');
  if ((before.metadata.ownerReferences ?? []).length > 0) return noWay('Its owner makes it anew where it is still wanted.');
  const [object] = comparable(before, null);
  if (object === null) return noWay('It was not seen before.');
  return by(
    { verb: 'create', target, manifest: { ...object } },
    lostFor[target.kind] ?? 'It comes back as another object: with a new uid and without its status.',
  );
}

/** What a deletion takes along that making the object anew does not bring back. */
const lostFor: Readonly<Record<string, string>> = {
  Namespace: 'Only the namespace itself comes back, and nothing of what was in it.',
  CustomResourceDefinition: 'Only the definition comes back; all objects of its kind are lost.',
  PersistentVolumeClaim: 'The claim comes back; the data is lost where its volume was deleted with it.',
  PersistentVolume: 'The volume comes back as Released or Available; whether its data is there, the storage says.',
  Pod: 'It comes back as a new pod: what it had written and logged is lost.',
  Job: 'It runs again from its beginning.',
  Deployment: 'It comes back with new pods and without its earlier revisions.',
  StatefulSet: 'It comes back with new pods and without its earlier revisions; its claims were kept.',
  DaemonSet: 'It comes back with new pods and without its earlier revisions.',
};

function takenBack(change: Change, before: KubeObject | null, after: KubeObject): ActUndo {
  const target = { ...change.target, name: after.metadata.name };
  if (change.verb === 'create' || before === null)
    return by({ verb: 'delete', target, ...(after.metadata.uid === undefined ? {} : { uid: after.metadata.uid }) });
  if (isSecret(after)) return noWay('The values of a Secret are not kept: set them again from where they came.');
  const keepStatus = change.verb === 'patch' && change.subresource !== undefined;
  const [old, now] = comparable(before, after, { keepStatus });
  const patch = old === null || now === null ? {} : reversePatch({ ...old }, { ...now });
  if (Object.keys(patch).length === 0) return noWay('Nothing changed.');
  const exact = change.verb === 'patch' && Array.isArray(change.patch) ? inverseJsonPatch(before, change.patch) : null;
  if (exact !== null && exact.length > 0 && change.verb === 'patch') {
    return by({ verb: 'patch', target, patchType: 'json', patch: exact.map((operation) => ({ ...operation })), ...below(change) });
  }
  return by({ verb: 'patch', target, patchType: 'merge', patch, ...(change.verb === 'patch' ? below(change) : {}) });
}

function below({ subresource }: ChangeOf<'patch'>): Pick<ChangeOf<'patch'>, 'subresource'> {
  return subresource === undefined ? {} : { subresource };
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

/** The images that containers had, by name. */
function imagesOf(workload: KubeObject, names: readonly string[]): Record<string, string> {
  const { spec } = workloadSchema.parse(workload);
  const { containers, initContainers } = spec.template.spec;
  const known = [...initContainers, ...containers].filter(({ name }) => names.includes('*') || names.includes(name));
  return Object.fromEntries(known.map(({ name, image }) => [name, image]));
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
