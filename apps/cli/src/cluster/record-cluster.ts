import { type BundleContent, bundleContent, type ClusterAccess, collectSnapshot, recordEvidence } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds } from '@quarterdeck/contract';
import { diagnose } from '@quarterdeck/diagnosis';
import { requireNamespace } from './require-namespace.ts';

const everyKind = Object.keys(builtInKinds).filter((kind): kind is BuiltInKind => Object.hasOwn(builtInKinds, kind));

/**
 * Reads all built-in kinds, in some namespaces or in all, and lets the diagnosis ask its questions once, so that the
 * recording can answer them again.
 */
export async function recordCluster(access: ClusterAccess, namespaces: readonly string[], signal: AbortSignal): Promise<BundleContent> {
  const { reader, answers } = recordEvidence(access.evidence);
  const snapshot = await collectSnapshot(access, { kinds: everyKind, namespaces: namespaces.length === 0 ? null : namespaces, signal });
  for (const namespace of namespaces) requireNamespace(snapshot, namespace);
  await diagnose({ snapshot, evidence: reader, signal });
  const kinds = (await access.kinds(signal)).filter((kind) => Object.hasOwn(builtInKinds, kind.kind));
  return bundleContent({ access, snapshot, kinds, evidence: answers, logs: [] });
}
