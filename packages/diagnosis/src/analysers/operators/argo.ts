import { groupOf, refLabel, refOf, refTo } from '@quarterdeck/contract';
import { at, listAt, textAt } from '../../custom/fields.ts';
import { type CustomResource, defineCustomAnalyser } from '../../model/analyser.ts';
import type { RawFinding } from '../../model/finding.ts';
import { absenceEvidence, fieldEvidence, timeOf } from '../../pods/evidence.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { type CustomFacts, customNotReady } from '../custom-codes.ts';
import { type CustomReferenceFacts, customReferenceMissing } from '../custom-reference.ts';

/** Applications of Argo CD say health and sync apart, and errors as conditions without a status: https://argo-cd.readthedocs.io/en/stable/operator-manual/health/ */
export const argoApplicationAnalyser = defineCustomAnalyser({
  id: 'argo-application',
  matches: ({ apiVersion, kind }) => kind === 'Application' && groupOf(apiVersion) === 'argoproj.io',
  reads: ['Namespace'],
  codes: [customNotReady, customReferenceMissing],
  *analyse(application, view) {
    if (application.metadata.deletionTimestamp !== undefined) return;
    const trouble = failedCondition(application) ?? failedOperation(application) ?? badHealth(application) ?? outOfSync(application);
    if (trouble === null) return;
    yield trouble;
    yield* missingNamespace(application, view);
    yield* missingProject(application, view);
  },
});

interface Trouble {
  condition: string;
  reason: string;
  message: string;
  path: string;
  since: number | null;
}

function finding(application: CustomResource, { condition, reason, message, path, since }: Trouble): RawFinding<CustomFacts> {
  const object = refOf(application);
  return {
    code: customNotReady.code,
    object,
    discriminator: '',
    severity: 'medium',
    since,
    facts: { condition, reason, message },
    evidence: [
      fieldEvidence(object, path, reason === '' ? condition : reason, { text: message === '' ? condition : `${condition}: ${message}`, decisive: true }),
    ],
  };
}

/** `ComparisonError`, `InvalidSpecError`, `SyncError`; warnings are none. */
function failedCondition(application: CustomResource): RawFinding<CustomFacts> | null {
  const condition = listAt(application.status, 'conditions').find((each) => /Error$/.test(textAt(each, 'type') ?? ''));
  if (condition === undefined) return null;
  const type = textAt(condition, 'type') ?? '';
  const message = textAt(condition, 'message') ?? '';
  return finding(application, {
    condition: type,
    reason: type,
    message,
    path: `status.conditions[type=${type}]`,
    since: timeOf(textAt(condition, 'lastTransitionTime')),
  });
}

function failedOperation(application: CustomResource): RawFinding<CustomFacts> | null {
  const phase = textAt(application.status, 'operationState', 'phase');
  if (phase !== 'Failed' && phase !== 'Error') return null;
  const message = textAt(application.status, 'operationState', 'message') ?? '';
  const since = timeOf(textAt(application.status, 'operationState', 'finishedAt'));
  return finding(application, { condition: `the last sync is ${phase}`, reason: phase, message, path: 'status.operationState.phase', since });
}

function badHealth(application: CustomResource): RawFinding<CustomFacts> | null {
  const health = textAt(application.status, 'health', 'status');
  const isMissing = health === 'Missing' && isAutomated(application);
  if (health !== 'Degraded' && !isMissing) return null;
  const ill = listAt(application.status, 'resources').find((resource) => textAt(resource, 'health', 'status') === health);
  const message = textAt(application.status, 'health', 'message') ?? textAt(ill, 'health', 'message') ?? '';
  const named = ill === undefined ? '' : ` because of ${textAt(ill, 'kind')} ${textAt(ill, 'name')}`;
  const since = timeOf(textAt(application.status, 'health', 'lastTransitionTime'));
  return finding(application, { condition: `health is ${health}${named}`, reason: health, message, path: 'status.health.status', since });
}

/** Waiting for a person is no fault: only what should sync by itself. */
function outOfSync(application: CustomResource): RawFinding<CustomFacts> | null {
  if (textAt(application.status, 'sync', 'status') !== 'OutOfSync' || !isAutomated(application)) return null;
  const since = timeOf(textAt(application.status, 'reconciledAt'));
  return finding(application, { condition: 'sync is OutOfSync although it is automated', reason: 'OutOfSync', message: '', path: 'status.sync.status', since });
}

function isAutomated(application: CustomResource): boolean {
  const automated = at(application.spec, 'syncPolicy', 'automated');
  return automated !== undefined && automated !== null && at(automated, 'enabled') !== false;
}

function isThisCluster(application: CustomResource): boolean {
  const [server, name] = [textAt(application.spec, 'destination', 'server'), textAt(application.spec, 'destination', 'name')];
  return name === 'in-cluster' || server === null || /^https:\/\/kubernetes\.default(\.svc)?(\.cluster\.local)?\/?$/.test(server);
}

function* missingNamespace(application: CustomResource, view: ClusterView): Iterable<RawFinding<CustomReferenceFacts>> {
  const name = textAt(application.spec, 'destination', 'namespace');
  const makes = listAt(application.spec, 'syncPolicy', 'syncOptions').includes('CreateNamespace=true');
  if (name === null || makes || !isThisCluster(application)) return;
  const target = refTo('Namespace', null, name);
  if (view.isMissing(target)) yield missing(application, 'spec.destination.namespace', target);
}

function* missingProject(application: CustomResource, view: ClusterView): Iterable<RawFinding<CustomReferenceFacts>> {
  const name = textAt(application.spec, 'project') ?? 'default';
  const target = { apiVersion: application.apiVersion, kind: 'AppProject', namespace: application.metadata.namespace ?? null, name };
  if (view.customKinds().some(({ kind }) => kind === 'AppProject') && view.isMissing(target)) yield missing(application, 'spec.project', target);
}

function missing(application: CustomResource, path: string, target: ReturnType<typeof refTo>): RawFinding<CustomReferenceFacts> {
  const object = refOf(application);
  return {
    code: customReferenceMissing.code,
    object,
    discriminator: path,
    severity: 'medium',
    since: timeOf(application.metadata.creationTimestamp),
    facts: { path, ...target, named: true },
    evidence: [fieldEvidence(object, path, target.name, { decisive: true }), absenceEvidence(target, `${refLabel(target)} does not exist`)],
  };
}
