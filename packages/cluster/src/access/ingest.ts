import { isKind, type KindTypes, type KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';

/** kubectl's copy of what was applied: as large as the object, and with a Secret's values in plain text. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

const textMap = z.record(z.string(), z.string()).nullish();

/** The parts of metadata that everything after the border relies on; the rest stays as the server sent it. */
const metadataSchema = z.looseObject({
  name: z.string().min(1).max(1024),
  namespace: z.string().max(1024).optional(),
  uid: z.string().max(1024).optional(),
  resourceVersion: z.string().max(1024).optional(),
  creationTimestamp: z.string().max(64).nullish(),
  labels: textMap,
  annotations: textMap,
  ownerReferences: z.array(z.looseObject({ kind: z.string(), name: z.string(), uid: z.string(), apiVersion: z.string() })).nullish(),
  managedFields: z.array(z.looseObject({ manager: z.string().optional() })).nullish(),
});

export interface KindName {
  apiVersion: string;
  kind: string;
}

/**
 * One object as it is kept in memory: with `apiVersion` and `kind` (items of lists come without), without the last
 * applied configuration, Secrets without values; `managedFields[].fieldsV1` only where it is small and somebody other
 * than Kubernetes wrote it. Null for what is not an object with a name.
 */
export function ingestObject(raw: unknown, kind: KindName): KubeObject | null {
  if (!isNamed(raw)) return null;
  const { metadata } = raw;
  if (metadata.managedFields) {
    const isWritten = !unwritten.has(kind.kind);
    metadata.managedFields = metadata.managedFields.map((entry) => (isWritten && tellsChange(entry) ? entry : withoutFields(entry)));
  }
  if (metadata.annotations?.[lastApplied] !== undefined) delete metadata.annotations[lastApplied];
  const object: KubeObject = { ...raw, apiVersion: kind.apiVersion, kind: kind.kind };
  return withoutSecretValues(object);
}

/**
 * A Secret with its type and the names of its keys, each with the empty string in place of the value; any other
 * object unchanged.
 */
export function withoutSecretValues(object: KubeObject): KubeObject {
  if (!isKind(object, 'Secret')) return object;
  const { data, stringData, ...rest } = object;
  if (data === undefined && stringData === undefined) return object;
  const keys = [...keysOf(data), ...keysOf(stringData)];
  const stripped: KindTypes['Secret'] = { ...rest, data: Object.fromEntries(keys.map((key) => [key, ''])) };
  return stripped;
}

function keysOf(values: unknown): string[] {
  return typeof values === 'object' && values !== null ? Object.keys(values) : [];
}

type ManagedFields = NonNullable<KubeObject['metadata']['managedFields']>[number];

/** Kinds that nobody writes by hand, and many there are of them. */
const unwritten = new Set(['Pod', 'Event', 'EndpointSlice', 'Node', 'Lease', 'ControllerRevision']);
const ownWriters = new Set(['kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-apiserver', 'cloud-controller-manager']);

/** A tree of so many fields is that of a whole object, which tells nothing of the last change. */
const mostFields = 48;

function tellsChange({ manager, subresource, fieldsV1 }: ManagedFields): boolean {
  if (subresource === 'status' || ownWriters.has(manager ?? '') || typeof fieldsV1 !== 'object' || fieldsV1 === null) return false;
  return countFields(fieldsV1, mostFields) < mostFields;
}

/** Counts no further than `most`. */
function countFields(tree: object, most: number): number {
  let count = 0;
  for (const below of Object.values(tree)) {
    count += 1;
    if (typeof below === 'object' && below !== null) count += countFields(below, most - count);
    if (count >= most) return most;
  }
  return count;
}

/** Who wrote and when is evidence; the tree of field names is most of an object's bytes. */
function withoutFields(entry: ManagedFields): ManagedFields {
  const { fieldsV1: _dropped, ...kept } = entry;
  return kept;
}

type Named = Omit<KubeObject, 'apiVersion' | 'kind'>;

function isNamed(raw: unknown): raw is Named {
  return typeof raw === 'object' && raw !== null && 'metadata' in raw && metadataSchema.safeParse(raw.metadata).success;
}
