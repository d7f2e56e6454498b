import { builtInKinds, groupOf, type ResourceKind } from '@quarterdeck/contract';
import type { ClusterAccess, ClusterSnapshot } from '../access/cluster-access.ts';
import { isBuiltInKind } from '../discovery/resource-kinds.ts';
import { type EvidenceAnswer, type EvidenceReader, evidenceKey } from '../evidence/evidence.ts';
import type { BundleContent, RecordedLog } from './bundle-format.ts';

/** A snapshot with what was asked beside it, as `saveBundle` takes it. */
export function bundleContent(parts: {
  access: Pick<ClusterAccess, 'id' | 'server'>;
  snapshot: ClusterSnapshot;
  kinds: readonly ResourceKind[];
  evidence: ReadonlyMap<string, EvidenceAnswer>;
  logs: readonly RecordedLog[];
}): BundleContent {
  const { access, snapshot, kinds, evidence, logs } = parts;
  const reasons = new Map(Object.entries(snapshot.reasons));
  return {
    meta: {
      cluster: access.id,
      server: access.server,
      version: snapshot.version,
      takenAt: new Date(snapshot.takenAt).toISOString(),
      namespaces: snapshot.scope === null ? null : [...snapshot.scope],
    },
    kinds: [...kinds],
    objects: snapshot.objects,
    coverage: Object.fromEntries([
      ...Object.entries(snapshot.coverage).map(([kind, state]) => [kind, { state, reason: reasons.get(kind) ?? null }] as const),
      ...snapshot.customKinds.map((kind) => [coverageKey(kind), { state: kind.coverage, reason: kind.reason }] as const),
    ]),
    evidence: Object.fromEntries(evidence),
    logs: [...logs],
  };
}

/** Under which name the coverage of a kind is kept: built-in kinds under their own, others with their group behind. */
export function coverageKey({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  const group = groupOf(apiVersion);
  const isBuiltIn = isBuiltInKind(kind) && groupOf(builtInKinds[kind].apiVersion) === group;
  return isBuiltIn ? kind : `${kind}.${group}`;
}

/** A reader that keeps what it answered, by `evidenceKey`, for a bundle. */
export function recordEvidence(reader: EvidenceReader): { reader: EvidenceReader; answers: ReadonlyMap<string, EvidenceAnswer> } {
  const answers = new Map<string, EvidenceAnswer>();
  const recording: EvidenceReader = {
    async read(request, signal) {
      const answer = await reader.read(request, signal);
      answers.set(evidenceKey(request), answer);
      return answer;
    },
  };
  return { reader: recording, answers };
}
