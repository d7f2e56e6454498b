import { type BundleContent, bundleContent, type ClusterAccess, type ClusterSnapshot, collectSnapshot, recordEvidence } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, refKey, refOf } from '@quarterdeck/contract';
import { diagnose } from '@quarterdeck/diagnosis';
import { requireNamespace } from './require-namespace.ts';

const everyKind = Object.keys(builtInKinds).filter((kind): kind is BuiltInKind => Object.hasOwn(builtInKinds, kind));

/**
 * Reads all built-in kinds, in some namespaces or in all, and lets the diagnosis ask its questions once, so that the
 * recording can answer them again.
 */
export async function recordCluster(access: ClusterAccess, namespaces: readonly string[], signal: AbortSignal): Promise<BundleContent> {
  const scopes = namespaces.length === 0 ? [null] : namespaces;
  const { reader, answers } = recordEvidence(access.evidence);
  const snapshots: ClusterSnapshot[] = [];
  for (const namespace of scopes) {
    const snapshot = await collectSnapshot(access, { kinds: everyKind, namespace, signal });
    if (namespace !== null) requireNamespace(snapshot, namespace);
    await diagnose({ snapshot, evidence: reader, signal });
    snapshots.push(snapshot);
  }
  const kinds = (await access.kinds(signal)).filter((kind) => Object.hasOwn(builtInKinds, kind.kind));
  const content = bundleContent({ access, snapshot: mergeSnapshots(snapshots), kinds, evidence: answers, logs: [] });
  return { ...content, meta: { ...content.meta, namespaces: namespaces.length === 0 ? null : [...namespaces] } };
}

/** Several namespaces as one snapshot: each object once; a kind that could not be read somewhere is not `read`. */
export function mergeSnapshots(snapshots: readonly ClusterSnapshot[]): ClusterSnapshot {
  const [first, ...others] = snapshots;
  if (first === undefined) throw new RangeError('there is nothing to merge');
  if (others.length === 0) return first;
  const objects = new Map(snapshots.flatMap((snapshot) => snapshot.objects.map((object) => [refKey(refOf(object)), object])));
  const coverage = { ...first.coverage };
  for (const kind of everyKind) {
    const failure = snapshots.map((snapshot) => snapshot.coverage[kind]).find((state) => state !== undefined && state !== 'read');
    if (failure !== undefined) coverage[kind] = failure;
  }
  return { ...first, objects: [...objects.values()], coverage, reasons: Object.assign({}, ...snapshots.map((snapshot) => snapshot.reasons)) };
}
