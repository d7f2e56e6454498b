import { isKind, type KindTypes, refLabel, refOf } from '@quarterdeck/contract';
import { resolveHost } from '../graph/hosts/resolve-host.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import type { FailedCall } from '../pods/called-services.ts';
import { absenceEvidence, fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { podRef } from '../pods/workload.ts';
import { workloadMeantBy } from '../routing/selector-near-miss.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, ending } from './explain.ts';
import { callsBehind } from './failed-calls.ts';
import { logSymptom, symptomsWithLog } from './log-findings.ts';

type Service = KindTypes['Service'];

/** `meant` is the name of a Service that exists and is written almost so. */
export type ExternalNameFacts = { externalName: string; inCluster: boolean; meant: string | null; caller: string };

export const externalNameUnresolved = defineMechanism<ExternalNameFacts>({
  id: 'external-name-unresolved',
  title: (facts, object) => `Service ${object.name} points to ${facts.externalName}, which does not resolve`,
  sentence: (facts, object) =>
    `Service ${object.name} is an alias (type ExternalName) of ${facts.externalName}, ${
      facts.inCluster ? `and no such Service exists in the cluster${facts.meant === null ? '' : ` (there is ${facts.meant})`}` : 'a name that is not found'
    }, so ${facts.caller} cannot reach it.`,
});

/** `workload` is the one that the Service was probably made for. */
export type NoSelectorFacts = { caller: string; reason: string; workload: string | null; labels: readonly string[] };

const failures: Record<FailedCall['reason'], string> = {
  refused: 'are refused',
  timeout: 'time out',
  unreachable: 'find no route',
  'server-error': 'are answered with errors',
  'host-not-found': 'find no address',
  waiting: 'get no answer',
};

export const serviceWithoutSelector = defineMechanism<NoSelectorFacts>({
  id: 'service-without-selector',
  title: (_facts, object) => `Service ${object.name} has no selector, and nothing answers at its endpoints`,
  sentence: (facts, object) =>
    `Service ${object.name} has no selector: it leads only to endpoints that somebody writes by hand, there are none that answer, and the connections of ${facts.caller} ${facts.reason}.${
      facts.workload === null ? '' : ` ${facts.workload} looks like what it was made for (labels ${facts.labels.join(',')}).`
    }`,
});

/** A call that fails because the Service leads nowhere by its own words: an alias of nothing, or endpoints that nobody keeps. */
export const serviceAddressRule = defineRule({
  id: 'service-address',
  explains: symptomsWithLog,
  mechanisms: [externalNameUnresolved, serviceWithoutSelector],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
    if (pod === undefined) return;
    const caller = refLabel({ ...view.topOwner(podRef(pod)), namespace: null });
    for (const call of callsBehind(finding, symptom, pod, view)) {
      const service = call.target === null ? undefined : view.find(call.target);
      if (service === undefined || !isKind(service, 'Service')) continue;
      const seen = symptom?.log.reading.facts.includes(call.fact) ? [logEvidence(podRef(pod), symptom.log.container, call.fact, { decisive: true })] : [];
      const end = service.spec?.type === 'ExternalName' ? alias(service, call, caller, view) : selectorless(service, call, caller, view);
      if (end !== null) yield ending(finding, end.root, { rule: 'service-address', strength: end.strength, evidence: [...end.evidence, ...seen] });
    }
  },
});

interface End {
  root: Parameters<typeof ending>[1];
  strength: Explanation['strength'];
  evidence: Explanation['evidence'];
}

function alias(service: Service, call: FailedCall, caller: string, view: RuleView): End | null {
  const externalName = service.spec?.externalName ?? '';
  const target = resolveHost(externalName, null, service.metadata.namespace ?? '', view)?.object;
  const missing = target?.kind === 'Service' && view.isMissing(target);
  const inCluster = target?.kind === 'Service' && /\.svc(\.|$)/.test(externalName);
  if (!missing && !(call.reason === 'host-not-found' && (target === undefined || inCluster))) return null;
  const names = view.list('Service', target?.namespace ?? undefined).map(({ metadata }) => metadata.name);
  const facts: ExternalNameFacts = { externalName, inCluster, meant: target === undefined ? null : nearMiss(target.name, names), caller };
  const object = refOf(service);
  const evidence = [
    fieldEvidence(object, 'spec.externalName', externalName, { decisive: true }),
    ...(missing && target !== undefined ? [absenceEvidence(target, `${refLabel(target)} does not exist`)] : []),
  ];
  return { root: { object, mechanism: externalNameUnresolved.id, facts }, strength: missing ? 'certain' : 'likely', evidence };
}

function selectorless(service: Service, call: FailedCall, caller: string, view: RuleView): End | null {
  if (Object.keys(service.spec?.selector ?? {}).length > 0) return null;
  const meant = workloadMeantBy(service, view);
  const facts: NoSelectorFacts = {
    caller,
    reason: failures[call.reason],
    workload: meant === null ? null : refLabel({ ...meant.ref, namespace: null }),
    labels: Object.entries(meant?.labels ?? {}).map(([key, value]) => `${key}=${value}`),
  };
  const object = refOf(service);
  const evidence = [absenceEvidence(object, `Service ${object.name} has no spec.selector`)];
  return { root: { object, mechanism: serviceWithoutSelector.id, facts }, strength: 'likely', evidence };
}
