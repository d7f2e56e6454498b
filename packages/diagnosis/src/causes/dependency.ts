import { type ObjectRef, refTo, sameRef } from '@quarterdeck/contract';
import { containerCrashLoop } from '../analysers/container-exits.ts';
import { containerInitStuck } from '../analysers/container-init.ts';
import type { PlacedText } from '../graph/hosts/container-texts.ts';
import { hostPlaces, type ShadowedVariable, shadowedVariable } from '../graph/hosts/host-places.ts';
import { podTemplateOf } from '../graph/pod-template.ts';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import { configuredCalls, type FailedCall } from '../pods/called-services.ts';
import type { Pod } from '../pods/containers.ts';
import { absenceEvidence, evidence, logEvidence } from '../pods/evidence.ts';
import { mountedFile } from '../pods/mounted-file.ts';
import { nearMiss } from '../pods/near-name.ts';
import { podRef } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact, upstream } from './explain.ts';
import { callsBehind, findingsAt } from './failed-calls.ts';
import { shadowClause } from './local-call.ts';
import { type LogSymptom, logSymptom, symptomsWithLog } from './log-findings.ts';
import { isOutdated } from './stale-configuration.ts';

const id = 'dependency';

export type MissingServiceFacts = {
  caller: string;
  container: string;
  service: string;
  namespace: string;
  port: number | null;
  meant: string | null;
  elsewhere: string | null;
  waits: boolean;
  /** The variable that names the Service, and where it is set; `shadowed` is what it said before it was set a second time. */
  variable: string | null;
  path: string | null;
  shadowed: string | null;
};

export const calledServiceMissing = defineMechanism<MissingServiceFacts>({
  id: 'called-service-missing',
  title: (facts) => `Service ${facts.service} does not exist`,
  sentence: (facts) =>
    `Container ${facts.container} of ${facts.caller} ${facts.waits ? 'waits for' : 'connects to'} ${facts.service}${facts.port === null ? '' : `:${facts.port}`}, ` +
    `but no such Service exists in namespace ${facts.namespace}, so the name is not found` +
    `${facts.meant === null ? '' : `; Service ${facts.meant} does exist`}${facts.elsewhere === null ? '' : `; one of that name exists in namespace ${facts.elsewhere}`}.${shadowClause(facts)}`,
});

export type UnreachableFacts = { caller: string; container: string; host: string; port: number | null; reason: string; line: string };

const reasons: Record<FailedCall['reason'], string> = {
  refused: 'the connection is refused',
  'host-not-found': 'the name does not resolve',
  timeout: 'the connection times out',
  unreachable: 'there is no route to it',
  'server-error': 'it answers with an error of its own (status 5xx)',
  waiting: 'it does not answer',
};

export const dependencyUnreachable = defineMechanism<UnreachableFacts>({
  id: 'dependency-unreachable',
  title: (facts) => `${facts.host} cannot be reached`,
  sentence: (facts) =>
    `Container ${facts.container} of ${facts.caller} calls ${facts.host}${facts.port === null ? '' : `:${facts.port}`}, but ${facts.reason}. Nothing that was read explains why. Log: ${facts.line}`,
});

export const dependencyRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [calledServiceMissing, dependencyUnreachable],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
    if (pod === undefined) return;
    const calls = callsBehind(finding, symptom, pod, view);
    for (const call of calls) yield* explainCall({ finding, pod, symptom, call }, view);
    if (calls.length === 0) yield* explainByConfiguration(finding, symptom, pod, view);
  },
});

interface Called {
  finding: IdentifiedFinding;
  pod: Pod;
  symptom: LogSymptom | null;
  call: FailedCall;
}

/** A call to a Service that does not exist, told by the log or only by the configuration. */
interface MissingCall extends Omit<Called, 'call'> {
  call: Pick<FailedCall, 'port' | 'reason' | 'file'>;
  service: ObjectRef;
  /** As the program wrote it; null where only its configuration is known. */
  host: string | null;
  strength: Strength;
  seen: Explanation['evidence'];
}

function* explainCall(called: Called, view: RuleView): Iterable<Explanation> {
  const { finding, call, pod } = called;
  const seen =
    called.symptom === null || !called.symptom.log.reading.facts.includes(call.fact)
      ? []
      : [logEvidence(podRef(pod), called.symptom.log.container, call.fact, { decisive: true })];
  if (call.target === null) return yield* unreachable(called, view, 'possible', seen);
  // What it calls may not be what its configuration says by now.
  const strength = called.symptom !== null && isOutdated(called.symptom, call.host, view) ? 'likely' : 'certain';
  if (call.target.kind === 'Service' && view.isMissing(call.target)) {
    return yield missingService({ ...called, service: call.target, host: call.host, strength, seen }, view);
  }
  const via = edgeTo(finding, pod, call.target, call, view);
  const causes = call.reason === 'host-not-found' ? [...dnsFindings(view), ...findingsAt(call.target, view)] : findingsAt(call.target, view);
  for (const cause of causes) if (cause.id !== finding.id) yield upstream(finding, cause, { rule: id, strength, via, evidence: seen });
  if (causes.length === 0) yield* unreachable(called, view, 'possible', seen);
}

function dnsFindings(view: RuleView): readonly IdentifiedFinding[] {
  return view.findingsOn(refTo('Service', 'kube-system', 'kube-dns'));
}

function missingService(called: MissingCall, view: RuleView): Explanation {
  const { finding, call, pod, service, strength, seen } = called;
  const caller = view.topOwner(podRef(pod));
  const meant = serviceMeantBy(service, call.port, view);
  const namesakes = view.list('Service').filter((object) => object.metadata.name === service.name);
  const elsewhere = namesakes.length === 1 ? (namesakes[0]?.metadata.namespace ?? null) : null;
  const told = toldAt(called, view);
  const facts = {
    caller: `${caller.kind} ${caller.name}`,
    container: called.symptom?.log.container ?? finding.discriminator,
    service: service.name,
    namespace: service.namespace ?? '',
    port: call.port,
    meant,
    elsewhere,
    waits: call.reason === 'waiting' || finding.code === 'container-init-stuck',
    variable: told.place?.name || null,
    path: told.shadow?.path ?? told.place?.path ?? null,
    shadowed: told.shadow?.lost ?? null,
  };
  const edge = edgeTo(finding, pod, service, call, view);
  const object = holderOf(called, edge) ?? told.place?.holder ?? caller;
  const absent = absenceEvidence(service, `Service ${service.name} does not exist in namespace ${service.namespace}`);
  const via = sameRef(object, caller) ? ownedBy(finding.object, view) : null;
  return endsAt({ rule: id, finding, mechanism: calledServiceMissing, object, facts, strength, via, evidence: [...seen, absent] });
}

/** One that is named almost so; else the only one of the namespace that offers the port and has a word of the name. */
function serviceMeantBy(service: ObjectRef, port: number | null, view: RuleView): string | null {
  const services = view.list('Service', service.namespace ?? undefined);
  const alike = nearMiss(
    service.name,
    services.map(({ metadata }) => metadata.name),
  );
  const words = new Set(service.name.split('-'));
  const offering = services.filter(
    ({ metadata, spec }) => (spec?.ports ?? []).some((offered) => offered.port === port) && metadata.name.split('-').some((word) => words.has(word)),
  );
  const [only, second] = offering;
  return alike ?? (only === undefined || second !== undefined ? null : only.metadata.name);
}

/** The text that names the Service to the container that calls it. */
function toldAt({ pod, symptom, finding, service, host }: MissingCall, view: RuleView): { place: PlacedText | null; shadow: ShadowedVariable | null } {
  const workload = view.find(view.topOwner(podRef(pod)));
  const template = workload === undefined ? null : podTemplateOf(workload);
  if (template === null) return { place: null, shadow: null };
  const container = symptom?.log.container ?? finding.discriminator;
  const names = [...new Set([host ?? service.name, service.name])];
  const [place = null] = names.flatMap((name) => hostPlaces(name, container, template, view));
  return { place, shadow: place === null ? null : shadowedVariable(place, template) };
}

/** The ConfigMap that holds the name: where the program's own file names it, or where its environment takes it from. */
function holderOf({ symptom, call, pod }: MissingCall, edge: Relation | null): ObjectRef | null {
  const mounted =
    symptom === null || call.file === null
      ? null
      : mountedFile(pod.spec ?? { containers: [] }, symptom.container.spec, call.file, pod.metadata.namespace ?? null);
  return mounted?.object ?? edge?.detail.holder ?? null;
}

function* unreachable({ finding, pod, symptom, call }: Called, view: RuleView, strength: Strength, seen: Explanation['evidence']): Iterable<Explanation> {
  const caller = view.topOwner(podRef(pod));
  const facts = {
    caller: `${caller.kind} ${caller.name}`,
    container: symptom?.log.container ?? finding.discriminator,
    host: call.target?.name ?? call.host,
    port: call.port,
    reason: reasons[call.reason],
    line: call.fact.line,
  };
  yield endsAt({ rule: id, finding, mechanism: dependencyUnreachable, object: caller, facts, strength, via: ownedBy(finding.object, view), evidence: seen });
}

/** The configured edge, or one that the log alone tells. */
function edgeTo(finding: IdentifiedFinding, pod: Pod, target: ObjectRef, call: Pick<FailedCall, 'port'>, view: RuleView): Relation {
  const configured = configuredCalls(pod, view).find((edge) => sameRef(edge.to, target));
  return configured ?? { type: 'calls', from: finding.object, to: target, path: 'log', detail: call.port === null ? {} : { port: call.port } };
}

/**
 * The failure names no host, but the pod is configured to call a Service that is down: likely where the log speaks of a
 * connection or the probe fails on the server's side, else only possible.
 */
function* explainByConfiguration(finding: IdentifiedFinding, symptom: LogSymptom | null, pod: Pod, view: RuleView): Iterable<Explanation> {
  const unnamed = symptom?.log.reading.facts.some((fact) => fact.claim.kind === 'connect-failed') ?? false;
  const output = stringFact(finding.facts, 'output') ?? '';
  const serverSide = /statuscode: 5\d\d|context deadline exceeded|timed? ?out|timeout/i.test(output);
  const waits = finding.code === containerInitStuck.code;
  if (!unnamed && !serverSide && !waits && finding.code !== containerCrashLoop.code) return;
  const configured = configuredCalls(pod, view).filter(({ detail }) => !waits || detail.container === finding.discriminator);
  for (const via of configured) {
    if (view.isMissing(via.to)) {
      yield* missingByConfiguration({ finding, symptom, pod }, via, view);
      continue;
    }
    for (const cause of findingsAt(via.to, view).filter((candidate) => candidate.severity !== 'low' && candidate.id !== finding.id)) {
      const text = `Calls ${via.to.kind} ${via.to.name} (${via.path})`;
      const seen = [evidence({ source: 'spec', object: via.from, text, path: via.path, value: via.to.name })];
      yield upstream(finding, cause, { rule: id, strength: unnamed || serverSide || waits ? 'likely' : 'possible', via, evidence: seen });
    }
  }
}

/** The log tells of a name that is not found without saying which, or of nothing; the configuration names a Service that does not exist. */
function* missingByConfiguration({ finding, symptom, pod }: Pick<Called, 'finding' | 'symptom' | 'pod'>, via: Relation, view: RuleView): Iterable<Explanation> {
  if (via.to.kind !== 'Service') return;
  const unresolved = symptom?.log.reading.facts.find(({ claim }) => claim.kind === 'connect-failed' && claim.reason === 'host-not-found');
  const said = unresolved === undefined || symptom === null ? [] : [logEvidence(podRef(pod), symptom.log.container, unresolved, { decisive: true })];
  const alike = nearMiss(
    via.to.name,
    view.list('Service', via.to.namespace ?? undefined).map((service) => service.metadata.name),
  );
  const { port } = via.detail;
  const call = { reason: 'host-not-found' as const, port: typeof port === 'number' ? port : null, file: null };
  const text = `Calls Service ${via.to.name} (${via.path})`;
  const seen = [...said, evidence({ source: 'spec', object: via.detail.holder ?? via.from, text, path: via.path, value: via.to.name, decisive: true })];
  const waits = finding.code === containerInitStuck.code;
  const strength = unresolved !== undefined || alike !== null || waits ? 'likely' : 'possible';
  yield missingService({ finding, symptom, pod, call, service: via.to, host: null, strength, seen }, view);
}
