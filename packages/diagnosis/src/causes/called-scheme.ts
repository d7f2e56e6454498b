import { type KindTypes, refLabel, refOf } from '@quarterdeck/contract';
import { hostPlaces } from '../graph/hosts/host-places.ts';
import { resolveHost } from '../graph/hosts/resolve-host.ts';
import { podTemplateOf } from '../graph/pod-template.ts';
import type { LogFact } from '../logs/log-fact.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { clusterDomain, completeName, serviceAt } from '../routing/cluster-dns.ts';
import { type Scheme, servedScheme } from '../routing/served-scheme.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'called-scheme';

export type CalledSchemeFacts = {
  workload: string;
  container: string;
  host: string;
  port: number | null;
  spoken: 'http' | 'https';
  served: 'http' | 'https';
  proven: boolean;
  path: string | null;
};

export const calledSchemeWrong = defineMechanism<CalledSchemeFacts>({
  id: 'called-scheme-wrong',
  title: (facts) => `${facts.workload} speaks ${facts.spoken} to ${facts.host}, which serves ${facts.served}`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${facts.workload} calls ${facts.host}${facts.port === null ? '' : `:${facts.port}`} with ${facts.spoken}${
      facts.path === null ? '' : ` (${object.kind === 'ConfigMap' ? `ConfigMap ${object.name}, ` : ''}${facts.path})`
    }, but that port serves ${facts.served}${facts.proven ? ', as the probes of its pods prove' : ''}, so no connection is made.`,
});

/** A client that speaks TLS to a plain port, or the other way round: both sides run, and only the scheme is wrong. */
export const calledSchemeRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [calledSchemeWrong],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const fact = symptom === null ? undefined : symptomFacts(finding, symptom, 'protocol-mismatch', view)[0];
    if (symptom === null || fact === undefined || fact.claim.host === null) return;
    const { claim } = fact;
    const call = { host: fact.claim.host, port: claim.port, spoken: claim.spoken };
    const service = serviceAt(resolveHost(call.host, call.port, symptom.log.pod.metadata.namespace ?? '', view)?.object ?? null, view);
    const scheme = service === undefined ? null : servedScheme(service, call.port, view);
    if (scheme?.toLowerCase() !== call.spoken) yield wrongScheme({ finding, symptom, fact, call, service, scheme }, view);
  },
});

interface WrongScheme {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  fact: LogFact;
  call: { host: string; port: number | null; spoken: 'http' | 'https' };
  service: KindTypes['Service'] | undefined;
  /** What the probes behind the Service prove; null where they prove nothing. */
  scheme: Scheme | null;
}

function wrongScheme({ finding, symptom, fact, call, service, scheme }: WrongScheme, view: RuleView): Explanation {
  const { log, workload } = symptom;
  const written = writtenAs({ symptom, call, service }, view);
  const { place } = written;
  const holder = place?.holder ?? workload.ref;
  const facts: CalledSchemeFacts = {
    ...call,
    host: written.host,
    workload: refLabel({ ...workload.ref, namespace: null }),
    container: log.container,
    served: call.spoken === 'http' ? 'https' : 'http',
    proven: scheme !== null,
    path: place?.path ?? null,
  };
  const said = place === undefined ? [] : [fieldEvidence(holder, place.path, `${call.spoken}://${written.host}`, { decisive: true })];
  const seen = [...said, logEvidence(podRef(log.pod), log.container, fact, { decisive: true })];
  const strength = scheme !== null ? 'certain' : place === undefined ? 'possible' : 'likely';
  const via = place?.holder ? null : ownedBy(finding.object, view);
  return endsAt({ rule: id, finding, mechanism: calledSchemeWrong, object: holder, facts, strength, via, evidence: seen });
}

/** A server often logs the address that it called, where its configuration has the name. */
function writtenAs({ symptom, call, service }: Pick<WrongScheme, 'symptom' | 'call' | 'service'>, view: RuleView) {
  const names = service === undefined ? [] : namesOf(service, symptom.workload.ref.namespace, view);
  for (const host of [call.host, ...names]) {
    const [place] = placesOf(symptom, host, call.spoken, view);
    if (place !== undefined) return { host, place };
  }
  const [name] = names;
  return { host: /^[\d.]+$/.test(call.host) ? (name ?? call.host) : call.host, place: undefined };
}

/** By which names a Service is called from a namespace, the shortest first. */
function namesOf(service: KindTypes['Service'], from: string | null, view: RuleView): string[] {
  const { name, namespace } = service.metadata;
  const qualified = [`${name}.${namespace}`, `${name}.${namespace}.svc`, completeName(refOf(service), clusterDomain(view))];
  return namespace === from ? [name, ...qualified] : qualified;
}

function placesOf({ log, workload }: LogSymptom, host: string, spoken: string, view: RuleView) {
  const object = view.find(workload.ref);
  const template = object === undefined ? null : podTemplateOf(object);
  return template === null ? [] : hostPlaces(host, log.container, template, view).filter(({ text }) => text.toLowerCase().includes(`${spoken}://`));
}
