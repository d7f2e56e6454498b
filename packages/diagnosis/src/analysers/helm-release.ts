import { type BuiltInKind, type KindTypes, refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { evidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type HelmRecord = KindTypes['Secret'] | KindTypes['ConfigMap'];

export type HelmReleaseFacts = { release: string; revision: number; status: string; previous: number | null };

export const helmReleasePending = defineCode<HelmReleaseFacts>({
  code: 'helm-release-pending',
  title: 'Helm operation never ended',
  documentation:
    'The newest revision of a Helm release has been pending for more than ten minutes: the helm process was killed or lost its connection. Helm refuses every further upgrade of the release with “another operation is in progress” until a rollback ends it.',
  silentWhen: 'The operation is younger than ten minutes, or a newer revision exists.',
  opensAfterSeconds: 600,
  closesAfterSeconds: 5,
  message: ({ release, revision, status }) => `Revision ${revision} of release ${release} is ${status}.`,
});

export const helmReleaseFailed = defineCode<HelmReleaseFacts>({
  code: 'helm-release-failed',
  title: 'Helm release has failed',
  documentation:
    'The newest revision of a Helm release has the status failed: an object was refused, a hook failed, or what it installed did not become ready in the time that helm waited. Some of its objects may be new and some old.',
  silentWhen: 'A newer revision exists.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 5,
  message: ({ release, revision }) => `Revision ${revision} of release ${release} has failed.`,
});

/** Helm keeps every revision in a Secret (or a ConfigMap) whose labels tell all that is needed; the content is never read. */
function helmAnalyser(kind: 'Secret' | 'ConfigMap'): AnyAnalyser {
  return defineAnalyser<BuiltInKind & typeof kind>({
    id: `helm-release-${kind.toLowerCase()}`,
    kind,
    reads: [],
    codes: [helmReleasePending, helmReleaseFailed],
    analyse: (record, view) => judge(record, kind, view),
  });
}

export const helmReleaseAnalysers: readonly AnyAnalyser[] = [helmAnalyser('Secret'), helmAnalyser('ConfigMap')];

function* judge(record: HelmRecord, kind: 'Secret' | 'ConfigMap', view: ClusterView): Iterable<RawFinding<HelmReleaseFacts>> {
  const labels = record.metadata.labels ?? {};
  const { status = '', name: release = '' } = labels;
  const isPending = /^pending-(install|upgrade|rollback)$/.test(status);
  if (labels.owner !== 'helm' || release === '' || (status !== 'failed' && !isPending)) return;
  const revision = revisionOf(record);
  const others = view.list(kind, record.metadata.namespace).filter(({ metadata }) => metadata.labels?.owner === 'helm' && metadata.labels.name === release);
  if (others.some((other) => revisionOf(other) > revision)) return;
  const deployed = others.filter(({ metadata }) => metadata.labels?.status === 'deployed' || metadata.labels?.status === 'superseded').map(revisionOf);
  const object = refOf(record);
  const modified = Number(labels.modifiedAt ?? '') * 1000;
  yield {
    code: isPending ? helmReleasePending.code : helmReleaseFailed.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: modified > 0 ? modified : timeOf(record.metadata.creationTimestamp),
    facts: { release, revision, status, previous: deployed.length === 0 ? null : Math.max(...deployed) },
    evidence: [
      evidence({
        source: 'metadata',
        object,
        path: 'metadata.labels.status',
        value: status,
        text: `Release ${release}, revision ${revision}: ${status}`,
        decisive: true,
      }),
    ],
  };
}

function revisionOf({ metadata }: HelmRecord): number {
  return Number(metadata.labels?.version ?? '') || 0;
}
