import { type BuiltInKind, builtInKinds, groupOf, type ObjectRef, refTo } from '@quarterdeck/contract';
import type { CustomResource } from '../model/analyser.ts';
import { at, isRecord, textAt } from './fields.ts';

/** A reference that the shape of a custom resource gives away. */
export interface ShapedReference {
  to: ObjectRef;
  /** E.g. `spec.storage.storageClassName`. */
  path: string;
  key: string | null;
  optional: boolean;
}

/** A custom kind as references name it. */
export interface NamedKind {
  apiVersion: string;
  kind: string;
  namespaced: boolean;
}

/** Finds kinds by name, those of a group first. */
export type KindLookup = (kind: string, group: string | null) => NamedKind | null;

const deepest = 8;
const mostReferences = 60;

/**
 * What the specification of a custom resource refers to, as far as its field names tell: `*Ref` with a name,
 * `{kind, name}`, `secretName`, `storageClassName` and the like. What its operator writes itself is left out.
 */
export function shapedReferences(object: CustomResource, lookup: KindLookup): ShapedReference[] {
  const found: ShapedReference[] = [];
  const context: Walk = { object, lookup, made: madeBy.get(object.kind), add: (reference) => found.length < mostReferences && found.push(reference) };
  walk(object.spec, { before: null, step: 'spec' }, '', 0, context);
  return found;
}

interface Walk {
  object: CustomResource;
  lookup: KindLookup;
  /** Fields of its kind that its operator writes. */
  made: ReadonlySet<string> | undefined;
  add(reference: ShapedReference): unknown;
}

/** The way to a value; most are never written down. */
interface Place {
  before: Place | null;
  step: string;
}

function pathOf({ before, step }: Place): string {
  if (before === null) return step;
  return step.startsWith('[') ? `${pathOf(before)}${step}` : `${pathOf(before)}.${step}`;
}

/** What is written there by the operator, or decided by it alone. */
const output = /^(write|output|publish|destination|generated?|created?)/i;
/** Fields that hold the name of what the operator makes, by kind. */
const madeBy: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Certificate', new Set(['secretName'])],
  ['ExternalSecret', new Set(['target'])],
  ['ClusterExternalSecret', new Set(['target'])],
  ['SealedSecret', new Set(['template'])],
]);

function walk(value: unknown, place: Place, key: string, depth: number, context: Walk): void {
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) walk(value[i], { before: place, step: `[${i}]` }, key, depth + 1, context);
  } else if (isRecord(value)) walkRecord(value, place, key, depth, context);
}

function walkRecord(value: Record<string, unknown>, place: Place, key: string, depth: number, context: Walk): void {
  const reference = key === '' ? null : objectReference(value, place, key, context);
  if (reference !== null) context.add(reference);
  for (const name of Object.keys(value)) {
    const inside = value[name];
    if (typeof inside === 'string') nameAt(name, inside, place, context);
    else if (typeof inside === 'object' && !isWritten(name, context)) walk(inside, { before: place, step: name }, name, depth + 1, context);
  }
}

function isWritten(key: string, { made }: Walk): boolean {
  return output.test(key) || made?.has(key) === true;
}

/** Parts of the names of all fields that hold a name alone: most fields have none of them. */
const telling = /secret|config|account|class|claim/i;

function nameAt(key: string, name: string, place: Place, context: Walk): void {
  if (name === '' || !telling.test(key) || isWritten(key, context)) return;
  const reference = namedReference(key, name, { before: place, step: key }, context.object);
  if (reference !== null) context.add(reference);
}

/** `{name, kind?, namespace?, key?}` under a key that says what it is. */
function objectReference(value: Record<string, unknown>, place: Place, key: string, { object, lookup }: Walk): ShapedReference | null {
  const name = textAt(value, 'name');
  if (name === null) return null;
  const kind = kindOf(value, key, object, lookup);
  if (kind === null) return null;
  const namespace = kind.namespaced ? (textAt(value, 'namespace') ?? object.metadata.namespace ?? null) : null;
  if (kind.namespaced && namespace === null) return null;
  return {
    to: { apiVersion: kind.apiVersion, kind: kind.kind, namespace, name },
    path: `${pathOf(place)}.name`,
    key: textAt(value, 'key'),
    optional: at(value, 'optional') === true,
  };
}

const referring = /(Refs?|References?|Selector|^ref|^dependsOn)$/;
/** Kinds that a key means although it does not name them. */
const meant: Readonly<Record<string, string>> = {
  scaleTargetRef: 'Deployment',
  authenticationRef: 'TriggerAuthentication',
  imagePullSecrets: 'Secret',
  imagePullSecret: 'Secret',
};

function kindOf(value: Record<string, unknown>, key: string, object: CustomResource, lookup: KindLookup): NamedKind | null {
  const said = textAt(value, 'kind');
  const apiVersion = textAt(value, 'apiVersion');
  const own = groupOf(object.apiVersion);
  if (said !== null) {
    const group = apiVersion === null ? (textAt(value, 'apiGroup') ?? textAt(value, 'group')) : groupOf(apiVersion);
    return builtIn(said, group) ?? lookup(said, group ?? own) ?? (group === null ? null : unknownKind(said, apiVersion ?? `${group}/v1`, value, object));
  }
  if (key === 'dependsOn') return { apiVersion: object.apiVersion, kind: object.kind, namespaced: object.metadata.namespace !== undefined };
  const meantKind = meant[key];
  if (meantKind !== undefined) return builtIn(meantKind, null) ?? lookup(meantKind, own);
  if (!referring.test(key)) return null;
  return byName(key.replace(/(Key)?(Refs?|References?|Selector)$/, ''), own, lookup);
}

/** A kind that nothing defines: it is referred to, and may not be served. */
function unknownKind(kind: string, apiVersion: string, value: Record<string, unknown>, object: CustomResource): NamedKind {
  return { apiVersion, kind, namespaced: textAt(value, 'namespace') !== null || object.metadata.namespace !== undefined };
}

/** `clientSecret` of `clientSecretRef` ends with the kind Secret, `nodeClass` with NodeClass. The longest ending that is a kind is meant. */
function byName(stem: string, group: string, lookup: KindLookup): NamedKind | null {
  const words = stem
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(' ')
    .filter((word) => word !== '');
  for (let from = 0; from < words.length; from++) {
    const kind = words
      .slice(from)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('');
    const found = referredKinds.has(kind) ? builtIn(kind, null) : lookup(kind, group);
    if (found !== null) return found;
  }
  return null;
}

const referredKinds: ReadonlySet<string> = new Set([
  'Secret',
  'ConfigMap',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'StorageClass',
  'Service',
  'IngressClass',
  'PriorityClass',
  'Namespace',
]);

/** Null for the group: any, as the name is one of Kubernetes itself. */
function builtIn(kind: string, group: string | null): NamedKind | null {
  if (!isBuiltIn(kind)) return null;
  const { apiVersion, namespaced } = builtInKinds[kind];
  return group === null || groupOf(apiVersion) === group ? { apiVersion, kind, namespaced } : null;
}

function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}

/** Fields that hold a name alone. */
const nameFields: readonly [RegExp, BuiltInKind][] = [
  [/^(secretName|[a-z]\w*SecretName|existingSecret)$/, 'Secret'],
  [/^(configMapName|[a-z]\w*ConfigMapName|existingConfigMap)$/i, 'ConfigMap'],
  [/^serviceAccount(Name)?$/, 'ServiceAccount'],
  [/^(storageClass(Name)?|[a-z]\w*StorageClass(Name)?)$/, 'StorageClass'],
  [/^ingressClass(Name)?$/, 'IngressClass'],
  [/^priorityClassName$/, 'PriorityClass'],
  [/^(claimName|existingClaim|persistentVolumeClaim(Name)?)$/, 'PersistentVolumeClaim'],
];

function namedReference(key: string, name: string, place: Place, object: CustomResource): ShapedReference | null {
  const kind = nameFields.find(([pattern]) => pattern.test(key))?.[1];
  if (kind === undefined || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) return null;
  const namespace = object.metadata.namespace ?? null;
  if (builtInKinds[kind].namespaced && namespace === null) return null;
  return { to: refTo(kind, namespace, name), path: pathOf(place), key: null, optional: false };
}
