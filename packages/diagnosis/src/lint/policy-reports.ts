import { type AdvicePlace, groupOf, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import { isRecord, listAt, textAt } from '../custom/fields.ts';
import type { CustomResource } from '../model/analyser.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import type { LintCheck } from './define-lint.ts';

const mostPlaces = 500;

/** What policy engines have written down; they judge by rules that somebody in this cluster made. */
export const policyReportFailed: LintCheck = {
  code: 'policy-report-failed',
  title: 'Policy report says fail',
  documentation:
    'A policy engine (Kyverno and others that write PolicyReports) found that an object breaks a policy which it only audits. The report names the policy and the rule.',
  severity: 'low',
  silentWhen: 'The result is pass, skip or warn, or the object does not exist any more.',
  pack: 'advice',
  kinds: ['CustomResourceDefinition'],
  *run(view) {
    const reports = ['PolicyReport', 'ClusterPolicyReport'].flatMap((kind) => [
      ...view.listCustom('wgpolicyk8s.io', kind),
      ...view.listCustom('openreports.io', kind.replace('Policy', '')),
    ]);
    yield* reports.flatMap((report) => [...failures(report, view)]).slice(0, mostPlaces);
  },
};

function* failures(report: CustomResource & { results?: unknown; scope?: unknown }, view: ClusterView): Iterable<AdvicePlace> {
  for (const [i, result] of listAt(report, 'results').entries()) {
    if (textAt(result, 'result') !== 'fail') continue;
    const [resource] = listAt(result, 'resources');
    const object = refIn(resource) ?? refIn(report.scope) ?? refOf(report);
    if (view.isMissing(object)) continue;
    const policy = [textAt(result, 'policy'), textAt(result, 'rule')].filter((part) => part !== null).join('/');
    yield { object, path: `results[${i}]`, container: null, message: `${policy}: ${textAt(result, 'message') ?? 'failed'}` };
  }
}

function refIn(raw: unknown): ObjectRef | null {
  const [apiVersion, kind, name] = [textAt(raw, 'apiVersion'), textAt(raw, 'kind'), textAt(raw, 'name')];
  return apiVersion === null || kind === null || name === null ? null : { apiVersion, kind, namespace: textAt(raw, 'namespace'), name };
}

/** https://open-policy-agent.github.io/gatekeeper/website/docs/audit/ */
export const constraintViolated: LintCheck = {
  code: 'constraint-violated',
  title: 'Object violates a Gatekeeper constraint',
  documentation: 'The audit of Gatekeeper found an object that breaks a constraint. It was made before the constraint, or the constraint does not deny.',
  severity: 'low',
  silentWhen: 'The constraint has no violations.',
  pack: 'advice',
  kinds: ['CustomResourceDefinition'],
  *run(view) {
    const kinds = view.customKinds().filter(({ apiVersion }) => groupOf(apiVersion) === 'constraints.gatekeeper.sh');
    const constraints: KubeObject[] = kinds.flatMap(({ kind }) => [...view.listCustom('constraints.gatekeeper.sh', kind)]);
    yield* constraints.flatMap((constraint) => violations(constraint)).slice(0, mostPlaces);
  },
};

function violations(constraint: CustomResource): AdvicePlace[] {
  return listAt(constraint.status, 'violations').flatMap((violation) => {
    const [kind, name] = [textAt(violation, 'kind'), textAt(violation, 'name')];
    if (!isRecord(violation) || kind === null || name === null) return [];
    const [group, version] = [textAt(violation, 'group'), textAt(violation, 'version') ?? 'v1'];
    const object = { apiVersion: group === null ? version : `${group}/${version}`, kind, namespace: textAt(violation, 'namespace'), name };
    return [{ object, path: null, container: null, message: `${constraint.kind} ${constraint.metadata.name}: ${textAt(violation, 'message') ?? 'violated'}` }];
  });
}

export const policyReportChecks: readonly LintCheck[] = [policyReportFailed, constraintViolated];
