import { type BuiltInKind, builtInKinds, groupOf, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import { isRecord, listAt, textAt } from '../../custom/fields.ts';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../../model/analyser.ts';
import type { RawFinding } from '../../model/finding.ts';
import { evidence, timeOf } from '../../pods/evidence.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { isBuiltInKind } from '../../view/typed-kind.ts';

/** What it is about, and what it says. */
export type K8sGptFacts = { apiVersion: string; kind: string; namespace: string | null; name: string; backend: string; error: string; details: string };

export const k8sGptResult = defineCode<K8sGptFacts>({
  code: 'k8sgpt-result',
  title: 'Reported by K8sGPT',
  documentation:
    'The K8sGPT operator wrote a Result about this object. It is shown with the incident that it belongs to; where nothing else is seen on the object, it is an issue of its own with low confidence, as its words were not proved here.',
  silentWhen: 'The object of the Result does not exist any more.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 5,
  message: ({ error }) => `K8sGPT: ${error}`,
});

export function isK8sGptResult(kind: { apiVersion: string; kind: string }): boolean {
  return kind.kind === 'Result' && groupOf(kind.apiVersion) === 'core.k8sgpt.ai';
}

/** Fields: https://github.com/k8sgpt-ai/k8sgpt-operator/blob/main/api/v1alpha1/result_types.go */
export const k8sGptAnalyser = defineCustomAnalyser({
  id: 'k8sgpt',
  matches: isK8sGptResult,
  reads: [],
  codes: [k8sGptResult],
  *analyse(result, view) {
    const about = objectOf(result, view);
    if (about !== null && !view.isMissing(about)) yield finding(result, about);
  },
});

const longest = 600;

/** On the Result itself: what others say explains nothing of what we see. */
function finding(result: CustomResource, about: ObjectRef): RawFinding<K8sGptFacts> {
  const object = refOf(result);
  const errors = listAt(result.spec, 'error').flatMap((error) => (isRecord(error) ? (textAt(error, 'text') ?? []) : []));
  const error = errors.join('; ').slice(0, longest) || 'no error text';
  const details = (textAt(result.spec, 'details') ?? '').replace(/\s+/g, ' ').trim().slice(0, longest);
  const { apiVersion, kind, namespace, name } = about;
  return {
    code: k8sGptResult.code,
    object,
    discriminator: '',
    severity: 'low',
    since: timeOf(result.metadata.creationTimestamp),
    facts: { apiVersion, kind, namespace, name, backend: textAt(result.spec, 'backend') ?? '', error, details },
    evidence: [evidence({ source: 'status', object, path: 'spec.error', value: error, text: `K8sGPT: ${error}` })],
  };
}

/** `spec.name` is `namespace/name`, or a name alone for what is in no namespace; a kind that is not known stands for the Result itself. */
function objectOf(result: CustomResource, view: ClusterView): ObjectRef | null {
  const [kind, path] = [textAt(result.spec, 'kind'), textAt(result.spec, 'name')];
  if (kind === null || path === null) return null;
  const slash = path.indexOf('/');
  const [namespace, name] = slash < 0 ? [null, path] : [path.slice(0, slash), path.slice(slash + 1)];
  const typed = builtInKind(kind);
  if (typed !== null) return refTo(typed, namespace, name);
  const custom = view.customKinds().find((each) => each.kind === kind);
  return custom === undefined ? refOf(result) : { apiVersion: custom.apiVersion, kind, namespace: custom.namespaced ? namespace : null, name };
}

/** Some of its analysers are named after a kind without being one. */
const aliases: Readonly<Record<string, BuiltInKind>> = {
  MutatingWebhook: 'MutatingWebhookConfiguration',
  ValidatingWebhook: 'ValidatingWebhookConfiguration',
  HorizontalPodAutoScaler: 'HorizontalPodAutoscaler',
  PodDisruptionBudget: 'PodDisruptionBudget',
  Log: 'Pod',
};

function builtInKind(kind: string): BuiltInKind | null {
  const name = aliases[kind] ?? kind;
  return isBuiltInKind(name) && Object.hasOwn(builtInKinds, name) ? name : null;
}
