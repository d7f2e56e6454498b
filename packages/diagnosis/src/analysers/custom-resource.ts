import { groupOf, type ObjectRef, refLabel, refOf } from '@quarterdeck/contract';
import { type CustomCondition, conditionsOf, faultyCondition } from '../custom/conditions.ts';
import { controllersOf, stateOfController } from '../custom/controllers.ts';
import { numberAt, textAt } from '../custom/fields.ts';
import { isRefusal } from '../custom/forbidden.ts';
import { followedBy, isRun } from '../custom/runs.ts';
import { failingWord, isPaused, statusMessage } from '../custom/state-word.ts';
import { type CustomResource, defineCustomAnalyser } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { eventEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { gatewayGroup } from '../routing/gateway-api.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import {
  type BehindFacts,
  type CustomFacts,
  type CustomStateFacts,
  customBehind,
  customFailed,
  customNotReady,
  customRefused,
  customUndecided,
  customUntouched,
  customWarned,
  customWithoutController,
} from './custom-codes.ts';

/** Every custom kind: what its operator says by convention. Kinds whose status says otherwise have readers of their own. */
export const customResourceAnalyser = defineCustomAnalyser({
  id: 'custom-resource',
  matches: ({ apiVersion, kind }) => !ownWords.has(`${kind}.${groupOf(apiVersion)}`) && groupOf(apiVersion) !== gatewayGroup,
  reads: ['Deployment', 'StatefulSet', 'DaemonSet', 'ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding'],
  codes: [customNotReady, customRefused, customWarned, customUndecided, customFailed, customBehind, customUntouched, customWithoutController],
  *analyse(object, view) {
    if (object.metadata.deletionTimestamp !== undefined || isPaused(object) || isCopy(object)) return;
    const fault = told(object, view) ?? worded(object, view) ?? neglected(object, view) ?? warned(object, view);
    if (fault !== null && (!isRun(object) || !followedBy(object, view))) yield fault;
  },
});

/** Kinds whose readers know better than the conventions, by `Kind.group`. */
const ownWords: ReadonlySet<string> = new Set([
  'Application.argoproj.io',
  'Result.core.k8sgpt.ai',
  'PolicyReport.wgpolicyk8s.io',
  'ClusterPolicyReport.wgpolicyk8s.io',
  'PackageManifest.packages.operators.coreos.com',
]);

/** Operators that are installed for all namespaces are shown in each of them: https://olm.operatorframework.io/docs/concepts/crds/clusterserviceversion/ */
function isCopy({ metadata }: CustomResource): boolean {
  return metadata.labels?.['olm.copiedFrom'] !== undefined;
}

/** What the conditions say, unless they are about a specification that was just changed. */
function told(object: CustomResource, view: ClusterView): RawFinding | null {
  const faulty = faultyCondition(conditionsOf(object));
  if (faulty === null) return null;
  const { condition, verdict } = faulty;
  if (verdict === 'undecided' && isRun(object)) return null;
  const generation = object.metadata.generation ?? 0;
  const observed = condition.observedGeneration ?? numberAt(object.status, 'observedGeneration');
  const since = sinceOf(object, condition, view);
  const changedAt = observed !== null && observed < generation ? specChangedAt(object) : null;
  const ref = refOf(object);
  return {
    code: isRefusal(condition.message) ? customRefused.code : verdict === 'failing' ? customNotReady.code : customUndecided.code,
    object: ref,
    discriminator: '',
    severity: 'medium',
    since: changedAt === null || since === null ? since : Math.max(since, changedAt),
    facts: { condition: `${condition.type} is ${condition.status}`, reason: condition.reason, message: condition.message } satisfies CustomFacts,
    evidence: [conditionEvidence(ref, condition)],
  };
}

export function conditionEvidence(object: ObjectRef, { type, status, reason, message, changedAt }: CustomCondition) {
  const text = `${type} is ${status}${reason === '' ? '' : ` (${reason})`}${message === '' ? '' : `: ${message}`}`;
  const at = changedAt === null ? null : new Date(changedAt).toISOString();
  return evidence({ source: 'status', object, path: `status.conditions[type=${type}]`, value: status, text, at, decisive: true });
}

/**
 * The last change of the condition's status. Operators that write the time anew with every attempt are told by their
 * own warnings, which are older; without a time the status is as old as its last writing at most.
 */
function sinceOf(object: CustomResource, { changedAt }: CustomCondition, view: ClusterView): number | null {
  const known = changedAt ?? statusWrittenAt(object);
  const warned = view.events(refOf(object)).find(({ type, count }) => type === 'Warning' && count > 1);
  if (warned === undefined || known === null) return known;
  const isSame = warned.firstAt < known && warned.at >= known - 60_000;
  return isSame ? warned.firstAt : known;
}

function statusWrittenAt({ metadata }: CustomResource): number | null {
  const times = (metadata.managedFields ?? []).flatMap(({ subresource, time }) => (subresource === 'status' ? (timeOf(time) ?? []) : []));
  return times.length === 0 ? null : Math.max(...times);
}

function specChangedAt({ metadata }: CustomResource): number | null {
  const times = (metadata.managedFields ?? []).flatMap(({ subresource, time }) => (subresource === undefined ? (timeOf(time) ?? []) : []));
  return times.length === 0 ? timeOf(metadata.creationTimestamp) : Math.max(...times);
}

/** Nobody has looked at it, or not since it was changed. */
function neglected(object: CustomResource, view: ClusterView): RawFinding | null {
  const found = behind(object) ?? untouched(object);
  if (found === null) return null;
  const stopped = stoppedController(object, view);
  if (stopped !== null) {
    const seen = [...found.evidence, evidence({ source: 'status', object: stopped, text: `${refLabel(stopped)} has no ready pod`, decisive: true })];
    return { ...found, code: customWithoutController.code, facts: { controller: refLabel(stopped) }, evidence: seen };
  }
  return found.code === customBehind.code || view.listCustom(groupOf(object.apiVersion), object.kind).some(hasStatus) ? found : null;
}

/** A controller of its kind, where there are some and none runs. */
function stoppedController(object: CustomResource, view: ClusterView): ObjectRef | null {
  const kind = kindOf(object, view);
  const states = kind === undefined ? [] : controllersOf(kind, view).workloads.map(stateOfController);
  return states.some(({ state }) => state === 'running') ? null : (states[0]?.ref ?? null);
}

function kindOf(object: CustomResource, view: ClusterView) {
  return view.customKinds().find(({ apiVersion, kind }) => kind === object.kind && groupOf(apiVersion) === groupOf(object.apiVersion));
}

function behind(object: CustomResource): RawFinding<BehindFacts> | null {
  const generation = object.metadata.generation ?? 0;
  const observed = numberAt(object.status, 'observedGeneration');
  if (observed === null || observed <= 0 || observed >= generation) return null;
  const ref = refOf(object);
  return {
    code: customBehind.code,
    object: ref,
    discriminator: '',
    severity: 'medium',
    since: specChangedAt(object),
    facts: { generation, observed },
    evidence: [
      fieldEvidence(ref, 'status.observedGeneration', observed, { decisive: true }),
      evidence({ source: 'metadata', object: ref, path: 'metadata.generation', value: String(generation), text: `metadata.generation: ${generation}` }),
    ],
  };
}

function worded(object: CustomResource, view: ClusterView): RawFinding<CustomStateFacts> | null {
  const kind = kindOf(object, view);
  const definition = kind === undefined ? undefined : view.get('CustomResourceDefinition', null, `${kind.plural}.${groupOf(kind.apiVersion)}`);
  const state = failingWord(object, definition);
  if (state === null) return null;
  const said = statusMessage(object);
  const ref = refOf(object);
  return {
    code: customFailed.code,
    object: ref,
    discriminator: '',
    severity: 'medium',
    since: statusWrittenAt(object) ?? timeOf(object.metadata.creationTimestamp),
    facts: { state: state.word, path: state.path, message: said?.word ?? '' },
    evidence: [
      fieldEvidence(ref, state.path, state.word, { decisive: true }),
      ...(said === null ? [] : [fieldEvidence(ref, said.path, said.word, { text: said.word })]),
    ],
  };
}

function untouched(object: CustomResource): RawFinding<{ kind: string }> | null {
  if (hasStatus(object)) return null;
  const ref = refOf(object);
  return {
    code: customUntouched.code,
    object: ref,
    discriminator: '',
    severity: 'medium',
    since: timeOf(object.metadata.creationTimestamp),
    facts: { kind: object.kind },
    evidence: [evidence({ source: 'status', object: ref, path: 'status', text: `${object.kind} ${object.metadata.name} has no status` })],
  };
}

const warningsNeeded = 3;
const recentMs = 600_000;

/** Events count where the status is silent. */
function warned(object: CustomResource, view: ClusterView): RawFinding<CustomFacts> | null {
  if (conditionsOf(object).length > 0 || textAt(object.status, 'phase') !== null || textAt(object.status, 'state') !== null) return null;
  const event = view.events(refOf(object)).find(({ type, count }) => type === 'Warning' && count >= warningsNeeded);
  if (event === undefined || view.passed(event.at + recentMs)) return null;
  const message = event.message.trim();
  return {
    code: customWarned.code,
    object: refOf(object),
    discriminator: '',
    severity: 'medium',
    since: event.firstAt,
    facts: { condition: 'its operator warns', reason: event.reason, message },
    evidence: [eventEvidence(event, { decisive: true })],
  };
}

function hasStatus(object: CustomResource): boolean {
  return typeof object.status === 'object' && object.status !== null && Object.keys(object.status).length > 0;
}
