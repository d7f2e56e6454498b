import { isKind, type KindTypes, type ObjectRef, refOf, refTo } from '@quarterdeck/contract';
import { type ApiServiceFacts, apiServiceUnavailable } from '../analysers/api-service.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { selectedWorkloads } from '../routing/selector-near-miss.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, stringFact, upstream } from './explain.ts';

const id = 'api-service';

const breaks = ({ api }: ApiServiceFacts) =>
  api.includes('metrics.k8s.io')
    ? 'Autoscalers get no metrics, kubectl top fails, and no namespace can be deleted'
    : 'What uses this API fails, and no namespace can be deleted';

export const apiBackendMissing = defineMechanism<ApiServiceFacts & { meant: string | null }>({
  id: 'api-service-backend-missing',
  title: (facts, object) => `APIService ${object.name} points to Service ${facts.service}, which does not exist`,
  sentence: (facts, object) =>
    `APIService ${object.name} says that Service ${facts.serviceNamespace}/${facts.service} serves API ${facts.api}, and that Service does not exist${facts.meant === null ? '' : ` (there is ${facts.meant})`}. ${breaks(facts)}.`,
});

export const apiBackendAtZero = defineMechanism<ApiServiceFacts>({
  id: 'api-service-backend-at-zero',
  title: (facts, object) => `${object.kind} ${object.name}, which serves API ${facts.api}, is scaled to zero`,
  sentence: (facts, object) => `${object.kind} ${object.name} serves API ${facts.api} and has spec.replicas 0. ${breaks(facts)}.`,
});

export const apiNotAnswering = defineMechanism<ApiServiceFacts>({
  id: 'api-service-not-answering',
  title: (facts) => `API ${facts.api} does not answer`,
  sentence: (facts, object) =>
    `The API server cannot reach what serves API ${facts.api} (APIService ${object.name}, Service ${facts.serviceNamespace}/${facts.service}): ${facts.reason}: ${facts.message.replace(/[.\s]+$/, '')}. ${breaks(facts)}.`,
});

function factsOf({ facts }: IdentifiedFinding): ApiServiceFacts {
  const text = (name: string) => stringFact(facts, name) ?? '';
  return { api: text('api'), service: text('service'), serviceNamespace: text('serviceNamespace'), reason: text('reason'), message: text('message') };
}

/** What stands behind an aggregated API: its Service, and the workload behind that. */
export const apiServiceRule = defineRule({
  id,
  explains: [apiServiceUnavailable.code],
  mechanisms: [apiBackendMissing, apiBackendAtZero, apiNotAnswering],
  *explain(finding, view): Iterable<Explanation> {
    const facts = factsOf(finding);
    const target = refTo('Service', facts.serviceNamespace, facts.service);
    const common = { rule: id, finding, object: finding.object };
    if (view.isMissing(target)) {
      const meant = nearMiss(
        facts.service,
        view.list('Service', facts.serviceNamespace).map(({ metadata }) => metadata.name),
      );
      const seen = [
        fieldEvidence(finding.object, 'spec.service.name', facts.service, { decisive: true }),
        absenceEvidence(target, `Service ${facts.service} does not exist in ${facts.serviceNamespace}`),
      ];
      yield endsAt({ ...common, mechanism: apiBackendMissing, facts: { ...facts, meant }, strength: 'certain', evidence: seen });
      return;
    }
    const service = view.get('Service', facts.serviceNamespace, facts.service);
    if (service !== undefined) yield* behind(finding, facts, service, view);
    yield endsAt({ ...common, mechanism: apiNotAnswering, facts, strength: 'likely', evidence: finding.evidence });
  },
});

function* behind(finding: IdentifiedFinding, facts: ApiServiceFacts, service: KindTypes['Service'], view: RuleView): Iterable<Explanation> {
  const workloads = selectedWorkloads(view, service);
  for (const cause of view.findingsOn(refOf(service))) yield upstream(finding, cause, { rule: id, strength: 'certain' });
  for (const workload of workloads) {
    for (const ref of [workload, ...view.podsOf(workload).map((pod) => refOf(pod))]) {
      for (const cause of view.findingsOn(ref)) yield upstream(finding, cause, { rule: id, strength: 'certain' });
    }
    if (!isAtZero(workload, view)) continue;
    const seen = [fieldEvidence(workload, 'spec.replicas', '0', { decisive: true }), ...finding.evidence];
    yield endsAt({ rule: id, finding, object: workload, mechanism: apiBackendAtZero, facts, strength: 'certain', evidence: seen });
  }
}

function isAtZero(workload: ObjectRef, view: RuleView): boolean {
  const object = view.find(workload);
  return object !== undefined && (isKind(object, 'Deployment') || isKind(object, 'StatefulSet')) && object.spec?.replicas === 0;
}

/** Who waits for an aggregated API says so in the text of a condition. */
const waits: Readonly<Record<string, string>> = { 'hpa-no-metrics': 'message', 'namespace-stuck-terminating': 'failure' };

export const apiConsumerRule = defineRule({
  id: 'api-consumer',
  explains: Object.keys(waits),
  mechanisms: [],
  *explain(finding, view): Iterable<Explanation> {
    const text = stringFact(finding.facts, waits[finding.code] ?? '') ?? '';
    if (text === '') return;
    for (const cause of view.findingsOf(apiServiceUnavailable.code)) {
      if (names(text, stringFact(cause.facts, 'api') ?? ''))
        yield upstream(finding, cause, { rule: 'api-consumer', strength: 'certain', evidence: finding.evidence });
    }
  },
});

/** `pods.metrics.k8s.io` is of the group `metrics.k8s.io`, `custom.metrics.k8s.io` is a group of its own. */
function names(text: string, api: string): boolean {
  const [group = ''] = api.split('/');
  return group !== '' && new RegExp(`(?<!custom\\.|external\\.|[\\w-])${group.replaceAll('.', '\\.')}(?![\\w-])`).test(text);
}
