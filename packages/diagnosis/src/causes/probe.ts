import { type Evidence, isKind } from '@quarterdeck/contract';
import type { Container } from 'kubernetes-types/core/v1.js';
import { containerCrashLoop, containerLivenessKilled, containerOomKilled } from '../analysers/container-exits.ts';
import { containerUnready } from '../analysers/container-readiness.ts';
import { listeningPorts } from '../logs/read-log.ts';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { containerLog } from '../pods/container-log.ts';
import { containerNamed, type Pod } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { listeners, type ProbeName, type ProbeTarget, probeOf, probeTarget } from '../pods/probe-target.ts';
import { rolloutClause, rolloutFacts, templateContainer, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact, upstream } from './explain.ts';
import { hasBrokenCallee } from './failed-calls.ts';
import { oddProbeMechanisms, oddRequest, type ProbeFacts } from './probe-request.ts';

const id = 'probe';

export const probeWrongPort = defineMechanism<ProbeFacts>({
  id: 'probe-wrong-port',
  title: (facts) => `The ${facts.probe} probe asks port ${facts.port}, where nothing listens`,
  sentence: (facts, object) =>
    `The ${facts.probe} probe of container ${facts.container} in ${object.kind} ${object.name} asks port ${facts.port}, where the connection is refused` +
    `${facts.listens === null ? '' : `; the program listens on ${facts.listens} (${facts.witness})`}.${rolloutClause(facts)}`,
});

export const probePortUnnamed = defineMechanism<ProbeFacts>({
  id: 'probe-port-unnamed',
  title: (facts) => `The ${facts.probe} probe names port ${facts.portName}, which the container does not declare`,
  sentence: (facts, object) =>
    `The ${facts.probe} probe of container ${facts.container} in ${object.kind} ${object.name} asks the port named ${facts.portName}, but no port of the container has that name` +
    `${facts.listens === null ? '' : `; the program listens on ${facts.listens} (${facts.witness})`}.${rolloutClause(facts)}`,
});

export const probeWrongPath = defineMechanism<ProbeFacts & { status: number }>({
  id: 'probe-wrong-path',
  title: (facts) => `The ${facts.probe} probe asks for ${facts.path}, which answers ${facts.status}`,
  sentence: (facts, object) =>
    `The ${facts.probe} probe of container ${facts.container} in ${object.kind} ${object.name} asks for ${facts.path} on port ${facts.port}, and the program answers with status ${facts.status}: it listens, but does not serve that path.${rolloutClause(facts)}`,
});

export const probeTooImpatient = defineMechanism<ProbeFacts & { seconds: number }>({
  id: 'probe-too-impatient',
  title: (facts) => `The ${facts.probe} probe gives up after ${facts.seconds} s`,
  sentence: (facts, object) =>
    `The ${facts.probe} probe of container ${facts.container} in ${object.kind} ${object.name} waits ${facts.seconds} s in all and then kills it; the program needs longer to answer: ${facts.output}.${rolloutClause(facts)}`,
});

export const probeFails = defineMechanism<ProbeFacts>({
  id: 'probe-fails',
  title: (facts) => `The ${facts.probe} probe of ${facts.container} fails`,
  sentence: (facts, object) =>
    `The ${facts.probe} probe (${asks(facts)}) of container ${facts.container} in ${object.kind} ${object.name} fails: ${facts.output}. Nothing that was read explains why.${rolloutClause(facts)}`,
});

function asks({ form, port, path }: ProbeFacts): string {
  return [form, port === null ? '' : `port ${port}`, path ?? ''].filter((part) => part !== '').join(' ');
}

export const probeRule = defineRule({
  id,
  explains: [containerLivenessKilled.code, containerUnready.code],
  mechanisms: [probeWrongPort, probePortUnnamed, probeWrongPath, probeTooImpatient, probeFails, ...oddProbeMechanisms],
  *explain(finding, view): Iterable<Explanation> {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    const name = probeName(finding);
    const container = pod === undefined ? undefined : containerNamed(pod, finding.discriminator)?.spec;
    const target = container === undefined || name === null ? null : probeTarget(container, name);
    if (target?.form === 'exec' && hasBrokenCallee(finding, view)) return;
    yield* keptFromReadiness(finding, view);
    if (pod !== undefined && container !== undefined && name !== null && target !== null) yield judge({ finding, pod, container, name, target }, view);
  },
});

const endings: ReadonlySet<string> = new Set([containerLivenessKilled.code, containerCrashLoop.code, containerOomKilled.code]);

/** A container that is ended again and again is unready for that reason, whatever its other probe says meanwhile. */
function* keptFromReadiness(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  if (finding.code !== containerUnready.code) return;
  const ended = view.findingsOn(finding.object).filter(({ code, discriminator }) => endings.has(code) && discriminator === finding.discriminator);
  for (const cause of ended) yield upstream(finding, cause, { rule: id, strength: 'likely' });
}

interface Case {
  finding: IdentifiedFinding;
  pod: Pod;
  container: Container;
  name: ProbeName;
  target: ProbeTarget;
}

function probeName(finding: IdentifiedFinding): ProbeName | null {
  const name = stringFact(finding.facts, 'probe');
  return name === 'liveness' || name === 'readiness' || name === 'startup' ? name : null;
}

type Verdict = Omit<Parameters<typeof endsAt>[0], 'rule' | 'finding' | 'object' | 'via'>;

function judge(one: Case, view: RuleView): Explanation {
  const { finding, pod, name, target } = one;
  const output = stringFact(finding.facts, 'output') ?? 'no event says how';
  const workload = workloadOf(pod, view);
  const listens = listenerOf(one, view);
  const written = { container: finding.discriminator, probe: name, form: target.form, port: target.port, portName: target.portName, path: target.path, output };
  const facts = { ...written, listens: listens?.port ?? null, witness: listens?.witness ?? null, ...rolloutFacts(pod, view) };
  const place = `${templateContainer(workload, finding.discriminator)?.path ?? workload.path}.${name}Probe`;
  const seen = (path: string, value: string | number) => [
    fieldEvidence(workload.ref, `${place}.${path}`, value, { container: one.container.name, decisive: true }),
  ];
  const verdict = wrongRequest(one, facts, seen) ?? impatience(one, facts) ?? { mechanism: probeFails, facts, strength: 'possible' as const };
  return endsAt({ ...verdict, rule: id, finding, object: workload.ref, via: ownedBy(finding.object, view) });
}

/** Whether the probe itself asks for what is not there: a path, a port or a command. */
function wrongRequest(one: Case, facts: ProbeFacts, seen: (path: string, value: string | number) => Evidence[]): Verdict | null {
  const { target } = one;
  if (target.port === null && target.portName !== null) {
    return { mechanism: probePortUnnamed, facts, strength: 'certain', evidence: seen(`${target.form}.port`, target.portName) };
  }
  const odd = oddRequest({ container: one.container, name: one.name, target, output: facts.output, hostNetwork: one.pod.spec?.hostNetwork === true });
  if (odd !== null)
    return { mechanism: odd.mechanism, facts: { ...facts, value: odd.value, right: odd.right }, strength: odd.strength, evidence: seen(odd.field, odd.value) };
  const status = Number(/statuscode: (\d{3})/.exec(facts.output)?.[1] ?? 0);
  if (target.form === 'httpGet' && isClientError(status)) {
    return { mechanism: probeWrongPath, facts: { ...facts, status }, strength: 'certain', evidence: seen('httpGet.path', target.path ?? '/') };
  }
  if (target.port !== null && target.form !== 'exec' && isRefused(facts) && !isKilledEarly(one, facts)) {
    return { mechanism: probeWrongPort, facts, strength: refusedStrength(one, facts.listens), evidence: seen(`${target.form}.port`, target.port) };
  }
  return null;
}

function isRefused(facts: ProbeFacts): boolean {
  return /connection refused/i.test(facts.output);
}

/** Nothing speaks for another port than the one that is asked: the program had not come up when it was killed. */
function isKilledEarly({ finding, container, target, name }: Case, facts: ProbeFacts): boolean {
  const declared = (container.ports ?? []).some((port) => port.containerPort === target.port);
  return (finding.code === containerLivenessKilled.code || name === 'startup') && declared && facts.listens === null && isRefused(facts);
}

function impatience(one: Case, facts: ProbeFacts): Verdict | null {
  const { container, name } = one;
  const seconds = isKilledEarly(one, facts) ? totalSeconds(container, name) : null;
  return seconds === null ? null : { mechanism: probeTooImpatient, facts: { ...facts, seconds }, strength: 'likely' };
}

/** The program answered, and the answer was that the request was wrong. */
function isClientError(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429 && status !== 408;
}

/** Refused on the very port that everything else names, the program may merely not have come up. */
function refusedStrength({ target, container }: Case, listens: number | null): Strength {
  if (listens !== null) return 'certain';
  return (container.ports ?? []).some((declared) => declared.containerPort === target.port) ? 'possible' : 'likely';
}

function listenerOf({ pod, container, name, target }: Case, view: RuleView): { port: number; witness: string } | null {
  const log = containerLog(pod, container.name, view);
  const services = view
    .incoming({ apiVersion: 'v1', kind: 'Pod', namespace: pod.metadata.namespace ?? null, name: pod.metadata.name }, 'selects')
    .flatMap(({ from }) => {
      const service = view.find(from);
      return service !== undefined && isKind(service, 'Service') ? [service] : [];
    });
  const targets = services.flatMap((service) => service.spec?.ports ?? []).flatMap((port) => (typeof port.targetPort === 'number' ? [port.targetPort] : []));
  const all = listeners(container, name, log === null ? [] : listeningPorts(log.reading.facts), targets);
  const agrees = all.some((listener) => listener.port === target.port && listener.witness !== 'the container declares it');
  return agrees ? null : (all.find((listener) => listener.port !== target.port) ?? null);
}

function totalSeconds(container: Container, name: ProbeName): number | null {
  const probe = probeOf(container, name);
  return probe === undefined ? null : (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3);
}
