import { isKind, type KindTypes, type ObjectRef, refKey, refOf, sameRef } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import type { FailedCall } from '../pods/called-services.ts';
import type { Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { type PlacedValue, valuesOf } from '../pods/placed-values.ts';
import { podRef } from '../pods/workload.ts';
import { lacksPort, offeredPorts, untranslatedPorts } from '../routing/called-port.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed } from './explain.ts';
import { callsBehind } from './failed-calls.ts';
import { type LogSymptom, logSymptom, symptomsWithLog } from './log-findings.ts';

const id = 'called-port';

/** `path` is the field that says the port; null where only the log does. `callers` use the same port. */
export type CalledPortFacts = {
  service: string;
  port: number;
  offered: readonly string[];
  callers: readonly string[];
  path: string | null;
  meant: number | null;
  headless: boolean;
};

export const calledPortMissing = defineMechanism<CalledPortFacts>({
  id: 'called-port-missing',
  title: (facts) => `Service ${facts.service} has no port ${facts.port}`,
  sentence: (facts, object) =>
    `${listed(facts.callers)} ${facts.callers.length === 1 ? 'calls' : 'call'} port ${facts.port} of Service ${facts.service}${facts.path === null ? '' : ` (${object.kind === 'ConfigMap' ? `ConfigMap ${object.name}, ` : ''}${facts.path})`}, but ${
      facts.headless
        ? `that Service is headless: its name stands for the pods themselves, no port is translated, and the pods serve ${listed(facts.offered)}`
        : `that Service offers only ${listed(facts.offered)}`
    }, so no connection is made.`,
});

/** A call that fails because the Service does not offer its port: the caller is alone in its opinion, unless several callers share it. */
export const calledPortRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [calledPortMissing],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
    if (pod === undefined) return;
    for (const call of callsBehind(finding, symptom, pod, view)) {
      const service = call.target === null || call.reason === 'host-not-found' ? undefined : view.find(call.target);
      if (service === undefined || !isKind(service, 'Service')) continue;
      const seen = symptom?.log.reading.facts.includes(call.fact) ? [logEvidence(podRef(pod), symptom.log.container, call.fact, { decisive: true })] : [];
      yield* wrongPort({ finding, symptom, pod, call, service, seen }, view);
    }
  },
});

interface WrongPort {
  finding: IdentifiedFinding;
  symptom: LogSymptom | null;
  pod: Pod;
  call: FailedCall;
  service: KindTypes['Service'];
  seen: Explanation['evidence'];
}

function* wrongPort({ finding, symptom, pod, call, service, seen }: WrongPort, view: RuleView): Iterable<Explanation> {
  const edge = edgesTo(refOf(service), pod, view).find(
    ({ detail }) => isAstray(service, portOf(detail.port), view) && (call.port === null || detail.port === call.port),
  );
  const port = call.port ?? portOf(edge?.detail.port);
  const direct = untranslatedPorts(service, port, view);
  if (port === null || !(lacksPort(service, port) || direct !== null)) return;
  const target = refOf(service);
  const callers = callersWith(target, port, view.topOwner(podRef(pod)), view);
  const offered = direct?.map(String) ?? offeredPorts(service);
  const [only] = direct ?? (service.spec?.ports ?? []).map((entry) => entry.port);
  const place = placeOf(port, service.metadata.name, edge, symptom, view);
  const holder = place?.holder ?? view.topOwner(podRef(pod));
  const facts: CalledPortFacts = {
    service: service.metadata.name,
    port,
    offered,
    callers: callers.map(({ kind, name }) => `${kind} ${name}`),
    path: place?.path ?? null,
    meant: offered.length === 1 ? (only ?? null) : null,
    headless: direct !== null,
  };
  const offers = evidence({
    source: 'spec',
    object: target,
    path: 'spec.ports',
    value: offered.join(', '),
    text:
      direct === null ? `Service ${target.name} offers ${offered.join(', ')}` : `Service ${target.name} is headless, and its pods serve ${offered.join(', ')}`,
    decisive: true,
  });
  const said = place === null ? [] : [fieldEvidence(holder, place.path, port, { decisive: true, text: `${place.path} names port ${port} of ${target.name}` })];
  yield endsAt({
    rule: id,
    finding,
    mechanism: calledPortMissing,
    object: callers.length > 1 ? target : holder,
    facts,
    strength: 'certain',
    via: edge ?? null,
    evidence: [offers, ...said, ...seen],
  });
}

/** Where the port is named: by the edge of the call, else in the container's own settings. The holder is null for the workload itself. */
function placeOf(port: number, service: string, edge: Relation | undefined, symptom: LogSymptom | null, view: RuleView) {
  if (edge !== undefined) return { holder: edge.detail.holder ?? null, path: edge.path };
  return symptom === null ? null : settingOf(port, service, symptom, view);
}

/** The setting of the port beside that of the host: `db.port` where `db.host` is the Service. Null where there is none, or more. */
function settingOf(port: number, service: string, { workload, container }: LogSymptom, view: RuleView): PlacedValue | null {
  const settings = valuesOf(workload, container, view);
  const group = ({ name, holder, path }: PlacedValue, last: RegExp) =>
    last.test(name) ? `${refKey(holder)}|${holder.kind === 'ConfigMap' ? path : ''}|${name.replace(last, '')}` : null;
  const ofService = settings.flatMap((setting) => (setting.value.split('.')[0] === service ? (group(setting, hostEnd) ?? []) : []));
  const found = settings.filter((setting) => setting.value === String(port) && ofService.includes(group(setting, /port$/i) ?? ''));
  return found.length === 1 ? (found[0] ?? null) : null;
}

const hostEnd = /(?:host(?:name)?|addr(?:ess)?|server)$/i;

/** Whether a call to the port of a Service ends nowhere. */
function isAstray(service: KindTypes['Service'], port: number | null, view: RuleView): boolean {
  return lacksPort(service, port) || untranslatedPorts(service, port, view) !== null;
}

function edgesTo(service: ObjectRef, pod: Pod, view: RuleView): Relation[] {
  const own = podRef(pod);
  return [...view.outgoing(view.topOwner(own), 'calls'), ...view.outgoing(own, 'calls')].filter(({ to }) => sameRef(to, service));
}

function portOf(port: number | string | undefined): number | null {
  return typeof port === 'number' ? port : null;
}

/** The workloads whose configuration names the port, and the one that was seen to fail. */
function callersWith(service: ObjectRef, port: number, caller: ObjectRef, view: RuleView): ObjectRef[] {
  const configured = view.incoming(service, 'calls').filter(({ detail }) => detail.port === port);
  const workloads = [caller, ...configured.map(({ from }) => view.topOwner(from))];
  return [...new Map(workloads.map((ref) => [refKey(ref), ref])).values()].sort((a, b) => (refKey(a) < refKey(b) ? -1 : 1));
}
