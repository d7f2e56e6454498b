import { groupOf, type ObjectRef, refKey, refLabel, refOf } from '@quarterdeck/contract';
import { descendantsOf } from '../custom/children.ts';
import { conditionsOf, faultyCondition } from '../custom/conditions.ts';
import { pathOfText } from '../custom/fields.ts';
import { viewLookup } from '../custom/kind-lookup.ts';
import { missingByMessage } from '../custom/message-references.ts';
import { failingWord, isPaused, statusMessage } from '../custom/state-word.ts';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { isReady } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { gatewayGroup } from '../routing/gateway-api.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type CustomReferenceFacts = { path: string; apiVersion: string; kind: string; namespace: string | null; name: string; named: boolean };

export const customReferenceMissing = defineCode<CustomReferenceFacts>({
  code: 'custom-reference-missing',
  title: 'Custom resource refers to something that does not exist',
  documentation:
    'A field of the resource names an object (a Secret, a StorageClass, another custom resource) that does not exist, and the resource or what it made is in trouble. The name is misspelt, the object was deleted, or it was never made.',
  silentWhen: 'The reference is optional, the name is one that the operator makes itself, or the resource and all that it made are well.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ kind, name, namespace, path }) => `${path} names ${kind} ${namespace === null ? '' : `${namespace}/`}${name}, which does not exist.`,
});

/** References are found by the names of fields, so a missing one counts only where something is wrong. */
export const customReferenceAnalyser = defineCustomAnalyser({
  id: 'custom-reference',
  matches: ({ apiVersion }) => groupOf(apiVersion) !== gatewayGroup,
  reads: ['Secret', 'ConfigMap', 'StorageClass', 'ServiceAccount', 'PersistentVolumeClaim', 'Pod'],
  codes: [customReferenceMissing],
  *analyse(object, view) {
    if (object.metadata.deletionTimestamp !== undefined || isPaused(object)) return;
    const words = complaints(object);
    const ref = refOf(object);
    if (words === null && !hasTroubledChild(ref, view)) return;
    const missing = view.outgoing(ref, 'refers').filter(({ to, detail }) => detail.optional !== true && view.isMissing(to));
    if (words === null) yield* missing.filter((relation) => isHandedOn(relation, view)).map((relation) => finding(object, relation, ''));
    else {
      yield* missing.filter((relation) => counts(relation, words)).map((relation) => finding(object, relation, words));
      yield* spokenOf(object, missing, words, view);
    }
  },
});

/** What names something, and where. */
type Reference = Pick<Relation, 'to' | 'path'>;

/** What its operator says is missing, and is: the field that names it may have any name. */
function* spokenOf(object: CustomResource, known: readonly Reference[], words: string, view: ClusterView): Iterable<RawFinding<CustomReferenceFacts>> {
  const told = new Set(known.map(({ to }) => refKey(to)));
  for (const to of missingByMessage(words, object.metadata.namespace ?? null, viewLookup(view))) {
    if (told.has(refKey(to)) || !view.isMissing(to)) continue;
    told.add(refKey(to));
    yield finding(object, { to, path: pathOfText(object.spec, to.name, 'spec') ?? 'status' }, words);
  }
}

const classes: readonly string[] = ['StorageClass', 'PriorityClass', 'IngressClass'];

/** What the pods of a resource that is well itself may lack: a class, or what something refers to in turn. */
function isHandedOn({ to }: Reference, view: ClusterView): boolean {
  return classes.includes(to.kind) || (['mounts', 'reads', 'pullsWith', 'runsAs'] as const).some((type) => view.incoming(to, type).length > 0);
}

/** A field that holds a name alone may name what the operator is to make: it counts where the operator speaks of it, or of nothing. */
function counts({ to, path }: Reference, words: string): boolean {
  return path.endsWith('.name') || classes.includes(to.kind) || words.trim() === '' || mentions(words, to.name);
}

/** All that a resource that is not well says of itself; null where it is well. */
function complaints(object: CustomResource): string | null {
  const conditions = conditionsOf(object);
  const isWell = faultyCondition(conditions) === null && failingWord(object, undefined) === null;
  if (isWell) return null;
  return [
    ...conditions.filter(({ status, type }) => status !== 'True' || !/Ready$|Available$/.test(type)).map(({ message }) => message),
    statusMessage(object)?.word ?? '',
  ].join('\n');
}

function hasTroubledChild(ref: ObjectRef, view: ClusterView): boolean {
  return descendantsOf(ref, view).some(({ to }) => {
    if (to.kind === 'Pod') {
      const pod = view.get('Pod', to.namespace, to.name);
      return pod !== undefined && pod.status?.phase !== 'Succeeded' && !isReady(pod);
    }
    return to.kind === 'PersistentVolumeClaim' && view.get('PersistentVolumeClaim', to.namespace, to.name)?.status?.phase === 'Pending';
  });
}

function finding(object: CustomResource, { to, path }: Reference, words: string): RawFinding<CustomReferenceFacts> {
  const ref = refOf(object);
  const { apiVersion, kind, namespace, name } = to;
  return {
    code: customReferenceMissing.code,
    object: ref,
    discriminator: path,
    severity: 'medium',
    since: troubledSince(object),
    facts: { path, apiVersion, kind, namespace, name, named: mentions(words, name) },
    evidence: [fieldEvidence(ref, path, name, { decisive: true }), absenceEvidence(to, `${refLabel(to)} does not exist`)],
  };
}

/** When its condition turned; a status that was copied from elsewhere is no older than the object. */
function troubledSince(object: CustomResource): number | null {
  const created = timeOf(object.metadata.creationTimestamp);
  const turned = faultyCondition(conditionsOf(object))?.condition.changedAt ?? null;
  return created === null || turned === null ? (created ?? turned) : Math.max(created, turned);
}

/** The name as a word of its own. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}
