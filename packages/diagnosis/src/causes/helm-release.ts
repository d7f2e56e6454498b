import { isKind, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import { type HelmReleaseFacts, helmReleaseFailed, helmReleasePending } from '../analysers/helm-release.ts';
import type { Explanation } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, upstream } from './explain.ts';

const before = ({ previous }: HelmReleaseFacts) =>
  previous === null ? 'No revision of it ever went well' : `Revision ${previous} was the last that went well`;

export const helmPending = defineMechanism<HelmReleaseFacts>({
  id: 'helm-release-pending',
  title: ({ release, revision, status }) => `Helm release ${release}: revision ${revision} is ${status} for ever`,
  sentence: (facts, object) =>
    `Helm release ${facts.release} in namespace ${object.namespace} is ${facts.status} at revision ${facts.revision}, and no helm works on it any more: every further upgrade is refused with “another operation (install/upgrade/rollback) is in progress”. ${before(facts)}.`,
});

export const helmFailed = defineMechanism<HelmReleaseFacts>({
  id: 'helm-release-failed',
  title: ({ release, revision }) => `Helm release ${release}: revision ${revision} has failed`,
  sentence: (facts, object) =>
    `Revision ${facts.revision} of Helm release ${facts.release} in namespace ${object.namespace} has the status failed, so its objects may be partly new and partly old. ${before(facts)}.`,
});

/** A release that helm waited for in vain is as ill as its workloads. */
export const helmReleaseRule = defineRule({
  id: 'helm-release',
  explains: [helmReleasePending.code, helmReleaseFailed.code],
  mechanisms: [helmPending, helmFailed],
  *explain(finding, view): Iterable<Explanation> {
    if (!isReleaseFacts(finding.facts)) return;
    const isPending = finding.code === helmReleasePending.code;
    const broken = isPending ? [] : brokenWorkloads(finding.facts.release, finding.object.namespace, view);
    for (const cause of broken) yield upstream(finding, cause, { rule: 'helm-release', strength: 'likely' });
    if (broken.length > 0) return;
    yield endsAt({
      rule: 'helm-release',
      finding,
      mechanism: isPending ? helmPending : helmFailed,
      object: finding.object,
      facts: finding.facts,
      strength: isPending ? 'certain' : 'likely',
      evidence: finding.evidence,
    });
  },
});

function brokenWorkloads(release: string, namespace: string | null, view: RuleView): IdentifiedFinding[] {
  const refs = workloadsOf(release, namespace, view).flatMap((ref) => [ref, ...view.podsOf(ref).map(refOf)]);
  return refs.flatMap((ref) => view.findingsOn(ref)).filter(({ severity }) => severity !== 'low');
}

function isReleaseFacts(facts: Facts): facts is HelmReleaseFacts {
  return typeof facts.release === 'string' && typeof facts.revision === 'number' && typeof facts.status === 'string';
}

/** What helm marked as the release's own. */
function workloadsOf(release: string, namespace: string | null, view: RuleView): ObjectRef[] {
  if (namespace === null) return [];
  const all: readonly KubeObject[] = (['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const).flatMap((kind): readonly KubeObject[] =>
    view.list(kind, namespace),
  );
  return all.filter((object) => isOfRelease(object, release, namespace)).map(refOf);
}

function isOfRelease(object: KubeObject, release: string, namespace: string): boolean {
  const { annotations = {}, labels = {} } = object.metadata;
  if (annotations['meta.helm.sh/release-name'] === release) return (annotations['meta.helm.sh/release-namespace'] ?? namespace) === namespace;
  return isKind(object, 'Job') && annotations['helm.sh/hook'] !== undefined && labels['app.kubernetes.io/instance'] === release;
}
