import { groupOf, type KindTypes, type ObjectRef, refLabel, refOf, refTo } from '@quarterdeck/contract';
import { customBehind, customUndecided, customUntouched, customWithoutController } from '../analysers/custom-codes.ts';
import { customKindConversion, customKindNotServed } from '../analysers/custom-kind.ts';
import { controllersOf, stateOfController } from '../custom/controllers.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, stringFact, upstream } from './explain.ts';

export type ControllerFacts = { resource: string; controller: string };

export const controllerScaledToZero = defineMechanism<ControllerFacts>({
  id: 'controller-scaled-to-zero',
  title: ({ controller }) => `The controller ${controller} is scaled to zero`,
  sentence: ({ resource, controller }) => `${resource} is not acted upon: its controller ${controller} has spec.replicas 0, so nobody reads what changes.`,
});

export const controllerDown = defineMechanism<ControllerFacts>({
  id: 'controller-down',
  title: ({ controller }) => `The controller ${controller} does not run`,
  sentence: ({ resource, controller }) => `${resource} is not acted upon: its controller ${controller} has no ready pod.`,
});

export const controllerMissing = defineMechanism<ControllerFacts>({
  id: 'controller-missing',
  title: ({ controller }) => `Nothing runs as ServiceAccount ${controller}`,
  sentence: ({ resource, controller }) =>
    `${resource} is not acted upon: only ServiceAccount ${controller} may write its status, and no workload runs as it. Its operator was removed or was never installed.`,
});

const silent: readonly string[] = [customBehind.code, customUntouched.code, customUndecided.code, customWithoutController.code];

/** A resource that nobody acts upon, because who should does not run. */
export const customControllerRule = defineRule({
  id: 'custom-controller',
  explains: [...silent, 'object-stuck-deleting'],
  mechanisms: [controllerScaledToZero, controllerDown, controllerMissing],
  *explain(finding, view): Iterable<Explanation> {
    const kind = view.customKinds().find((each) => each.kind === finding.object.kind && groupOf(each.apiVersion) === groupOf(finding.object.apiVersion));
    if (kind === undefined) return;
    const { accounts, workloads } = controllersOf(kind, view);
    const states = workloads.map(stateOfController);
    const running = states.filter(({ state }) => state === 'running');
    for (const cause of running.flatMap(({ ref }) => findingsOf(ref, view))) yield upstream(finding, cause, { rule: 'custom-controller', strength: 'likely' });
    if (running.length > 0) return;
    const resource = refLabel({ ...finding.object, namespace: null });
    for (const { ref, state } of states) yield* stopped(finding, ref, state, resource, view);
    const [account = ''] = accounts;
    if (states.length > 0 || accounts.length !== 1 || !canSeeWorkloads(account, view)) return;
    const [namespace = '', name = ''] = account.split('/');
    const object = refTo('ServiceAccount', namespace, name);
    yield endsAt({
      rule: 'custom-controller',
      finding,
      mechanism: controllerMissing,
      object,
      exists: view.find(object) !== undefined,
      facts: { resource, controller: account },
      strength: 'likely',
      evidence: finding.evidence,
    });
  },
});

function* stopped(
  finding: IdentifiedFinding,
  ref: ObjectRef,
  state: 'scaledToZero' | 'down' | 'running',
  resource: string,
  view: RuleView,
): Iterable<Explanation> {
  const facts: ControllerFacts = { resource, controller: refLabel(ref) };
  if (state === 'scaledToZero') {
    const seen = [fieldEvidence(ref, 'spec.replicas', 0, { decisive: true }), ...finding.evidence];
    yield endsAt({ rule: 'custom-controller', finding, mechanism: controllerScaledToZero, object: ref, facts, strength: 'certain', evidence: seen });
    return;
  }
  const causes = findingsOf(ref, view);
  for (const cause of causes) yield upstream(finding, cause, { rule: 'custom-controller', strength: 'certain' });
  if (causes.length === 0)
    yield endsAt({ rule: 'custom-controller', finding, mechanism: controllerDown, object: ref, facts, strength: 'likely', evidence: finding.evidence });
}

/** What is wrong with a workload or its pods. */
function findingsOf(workload: ObjectRef, view: RuleView): IdentifiedFinding[] {
  return [workload, ...view.podsOf(workload).map(refOf)].flatMap((ref) => view.findingsOn(ref)).filter(({ severity }) => severity !== 'low');
}

function canSeeWorkloads(account: string, view: RuleView): boolean {
  const [namespace] = account.split('/');
  return view.covers(namespace) && (['Deployment', 'StatefulSet', 'DaemonSet'] as const).every((kind) => view.coverage(kind) === 'read');
}

export type ConversionServiceFacts = { service: string; state: string; meant: string | null };

export const conversionWebhookDown = defineMechanism<ConversionServiceFacts>({
  id: 'conversion-webhook-down',
  title: ({ service }, object) => `Conversion webhook of ${object.name} has no backend: Service ${service}`,
  sentence: ({ service, state, meant }, object) =>
    `The conversion webhook of CustomResourceDefinition ${object.name} calls Service ${service}, which ${state}${meant === null ? '' : ` (there is ${meant})`}, so objects of the kind can be neither read nor written.`,
});

export const customKindNames = defineMechanism<{ reason: string; message: string }>({
  id: 'custom-kind-not-served',
  title: ({ reason }, object) => `CustomResourceDefinition ${object.name} is not served: ${reason}`,
  sentence: ({ reason, message }, object) =>
    `The API server does not serve the kind of CustomResourceDefinition ${object.name} (${reason}): ${message.replace(/[.\s]+$/, '')}.`,
});

/** A definition that is not served, or whose objects cannot be converted. */
export const customKindRule = defineRule({
  id: 'custom-kind',
  explains: [customKindConversion.code, customKindNotServed.code, 'object-stuck-deleting'],
  mechanisms: [conversionWebhookDown, customKindNames],
  *explain(finding, view): Iterable<Explanation> {
    const object = finding.object;
    if (finding.code === 'object-stuck-deleting') {
      yield* heldByObjects(finding, view);
      return;
    }
    if (finding.code === customKindNotServed.code) {
      const facts = { reason: stringFact(finding.facts, 'reason') ?? '', message: stringFact(finding.facts, 'message') ?? '' };
      yield endsAt({ rule: 'custom-kind', finding, mechanism: customKindNames, object, facts, strength: 'certain', evidence: finding.evidence });
      return;
    }
    const [namespace, name] = [stringFact(finding.facts, 'serviceNamespace') ?? '', stringFact(finding.facts, 'service') ?? ''];
    const target = refTo('Service', namespace, name);
    const isMissing = view.isMissing(target);
    for (const cause of isMissing ? [] : view.findingsOn(target)) yield upstream(finding, cause, { rule: 'custom-kind', strength: 'certain' });
    const services: readonly KindTypes['Service'][] = isMissing ? view.list('Service', namespace) : [];
    const meant = nearMiss(
      name,
      services.map(({ metadata }) => metadata.name),
    );
    const facts: ConversionServiceFacts = { service: `${namespace}/${name}`, state: stringFact(finding.facts, 'state') ?? '', meant };
    const seen = isMissing ? [...finding.evidence, absenceEvidence(target, `Service ${namespace}/${name} does not exist`)] : finding.evidence;
    yield endsAt({ rule: 'custom-kind', finding, mechanism: conversionWebhookDown, object, facts, strength: isMissing ? 'certain' : 'likely', evidence: seen });
  },
});

/** A definition goes when the last of its objects is gone. */
function* heldByObjects(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const definition = view.get('CustomResourceDefinition', null, finding.object.name);
  if (finding.object.kind !== 'CustomResourceDefinition' || definition === undefined) return;
  const { group, names } = definition.spec;
  for (const object of view.listCustom(group, names.kind)) {
    for (const cause of view.findingsOn(refOf(object), 'object-stuck-deleting')) yield upstream(finding, cause, { rule: 'custom-kind', strength: 'certain' });
  }
}
