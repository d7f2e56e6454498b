import type { ClusterSnapshot, CustomKind, EvidenceReader, KindCoverage } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, groupOf, isKind, type KubeObject, pluralOf } from '@quarterdeck/contract';
import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';

export interface ObjectsOptions {
  /** The moment of the objects, epoch milliseconds. Nothing is older than its own times say. */
  now: number;
  /** The namespaces that the objects were read from; null (the default) for the whole cluster. */
  namespaces?: readonly string[] | null;
  /**
   * The built-in kinds of which `objects` has all that there are. Default: all. A kind that is not named was not read:
   * nothing is missing only because it is not among the objects, and the coverage says so.
   */
  kinds?: readonly BuiltInKind[];
  /** Answers what the objects don't show, such as logs. Default: nothing is answered, which the coverage says. */
  evidence?: EvidenceReader;
  signal?: AbortSignal;
}

const nothingRead: EvidenceReader = { read: () => Promise.resolve({ state: 'refused', reason: 'only objects were given' }) };

/** Diagnoses plain objects, wherever they come from: the engine without a cluster. Throws only CANCELLED. */
export function diagnoseObjects(objects: readonly KubeObject[], options: ObjectsOptions): Promise<Diagnosis> {
  const { evidence = nothingRead, signal = new AbortController().signal } = options;
  return diagnose({ snapshot: snapshotOf(objects, options), evidence, signal });
}

/** Objects as a snapshot of the cluster that they were read from. */
export function snapshotOf(objects: readonly KubeObject[], { now, namespaces = null, kinds = allKinds }: ObjectsOptions): ClusterSnapshot {
  return {
    ...{ clusterId: 'objects', version: null, takenAt: now, scope: namespaces },
    objects: [...objects],
    coverage: coverageOf(kinds),
    reasons: {},
    customKinds: customKindsIn(objects),
  };
}

const allKinds: readonly BuiltInKind[] = Object.keys(builtInKinds).filter(isBuiltIn);

function coverageOf(kinds: readonly BuiltInKind[]): Partial<Record<BuiltInKind, KindCoverage>> {
  return Object.fromEntries(allKinds.map((kind) => [kind, kinds.includes(kind) ? 'read' : 'unread']));
}

/** The custom kinds that objects are of or that definitions among them define; of a kind that is both, the definition counts. */
export function customKindsIn(objects: readonly KubeObject[]): CustomKind[] {
  const kinds = objects.flatMap((object) => customKindOf(object) ?? []);
  return [...new Map(kinds.toReversed().map((kind) => [`${groupOf(kind.apiVersion)}|${kind.kind}`, kind])).values()].toReversed();
}

function customKindOf(object: KubeObject): CustomKind | null {
  const read = { coverage: 'read', reason: null } as const;
  if (isKind(object, 'CustomResourceDefinition')) {
    const { group, names, scope, versions } = object.spec;
    return { apiVersion: `${group}/${versions[0]?.name ?? 'v1'}`, kind: names.kind, plural: names.plural, namespaced: scope === 'Namespaced', ...read };
  }
  const { apiVersion, kind, metadata } = object;
  if (!groupOf(apiVersion).includes('.') || allKinds.some((typed) => isKind(object, typed))) return null;
  return { apiVersion, kind, plural: pluralOf(kind), namespaced: metadata.namespace !== undefined, ...read };
}

function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}
