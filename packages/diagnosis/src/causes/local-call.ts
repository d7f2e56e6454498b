import { type ObjectRef, refOf } from '@quarterdeck/contract';
import type { PlacedText } from '../graph/hosts/container-texts.ts';
import { escaped, hostPlaces, type ShadowedVariable, shadowedVariable } from '../graph/hosts/host-places.ts';
import { isLocalName } from '../graph/hosts/resolve-host.ts';
import { podTemplateOf } from '../graph/pod-template.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { FailedCall } from '../pods/called-services.ts';
import type { ContainerLog } from '../pods/container-log.ts';
import type { Pod } from '../pods/containers.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { listeningOf } from '../routing/listen-address.ts';
import { declaredPorts, probedPorts, runningContainers } from '../routing/pod-ports.ts';
import { backendPods } from '../routing/service-backends.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, ownedBy } from './explain.ts';
import { callsBehind } from './failed-calls.ts';
import { type LogSymptom, logSymptom, symptomsWithLog } from './log-findings.ts';

const id = 'local-call';

/** `meant` is the Service that offers the port; `shadowed` what the variable said before it was set a second time. */
export type LocalCallFacts = {
  workload: string;
  container: string;
  host: string;
  port: number;
  path: string | null;
  variable: string | null;
  meant: string | null;
  shadowed: string | null;
  /** Ports on which other containers of the pod do listen: `sql-proxy on 5432`. */
  beside: readonly string[];
};

export const localCall = defineMechanism<LocalCallFacts>({
  id: 'calls-its-own-pod',
  title: (facts) => `${facts.workload} calls ${facts.host}:${facts.port}, where nothing in its pod listens`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${facts.workload} connects to ${facts.host}:${facts.port}${
      facts.path === null ? '' : ` (${object.kind === 'ConfigMap' ? `ConfigMap ${object.name}, ` : ''}${facts.path})`
    }; inside a pod that is the pod itself, and none of its containers listens on ${facts.port}.${
      facts.beside.length === 0 ? '' : ` Beside it there is ${listed(facts.beside)}.`
    }${shadowClause(facts)}${facts.meant === null ? '' : ` Service ${facts.meant} offers port ${facts.port}.`}`,
});

/** ` Variable DB_HOST is set twice; the last one wins over db.`, or nothing. */
export function shadowClause({ variable, shadowed }: { variable: string | null; shadowed: string | null }): string {
  return shadowed === null ? '' : ` Variable ${variable} is set twice in that container, and the last one shadows ${shadowed}.`;
}

/** A call to localhost that is refused: the address of another place was meant. */
export const localCallRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [localCall],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const { log, workload } = symptom;
    for (const call of callsBehind(finding, symptom, log.pod, view)) {
      if (!isLocalName(call.host) || call.reason === 'host-not-found') continue;
      const found = toldAt(call, log.container, workload.ref, view);
      const port = call.port ?? found.port;
      if (port === null || listensIn(log.pod, view).has(port) || isToldOf(log, port)) continue;
      yield toItself({ finding, symptom, call, found, port }, view);
    }
  },
});

interface Itself {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  call: FailedCall;
  found: Told;
  port: number;
}

function toItself({ finding, symptom, call, found, port }: Itself, view: RuleView): Explanation {
  const { log, workload } = symptom;
  const { place, shadow } = found;
  const holder = place?.holder ?? workload.ref;
  const facts: LocalCallFacts = {
    workload: `${workload.ref.kind} ${workload.ref.name}`,
    container: log.container,
    host: call.host,
    port,
    path: shadow?.path ?? place?.path ?? null,
    variable: place?.name || null,
    meant: serviceOffering(port, place, log.pod, view),
    shadowed: shadow?.lost ?? null,
    beside: listensBeside(log, view),
  };
  const said = place === null ? [] : [fieldEvidence(holder, place.path, `${call.host}:${port}`, { decisive: true })];
  const evidence = [...said, logEvidence(podRef(log.pod), log.container, call.fact, { decisive: true })];
  const via = place?.holder ? null : ownedBy(finding.object, view);
  return endsAt({ rule: id, finding, mechanism: localCall, object: holder, facts, strength: 'likely', via, evidence });
}

interface Told {
  place: PlacedText | null;
  shadow: ShadowedVariable | null;
  port: number | null;
}

/** Where the container is told to call itself; what the log writes as an address stands there as a name, or the other way round. */
function toldAt({ host, port }: FailedCall, container: string, workload: ObjectRef, view: RuleView): Told {
  const object = view.find(workload);
  const template = object === undefined ? null : podTemplateOf(object);
  if (template === null) return { place: null, shadow: null, port };
  const places = [...new Set([host, 'localhost', '127.0.0.1'])].flatMap((name) =>
    hostPlaces(name, container, template, view).map((place) => ({ place, name })),
  );
  const naming = places.find(({ place, name }) => port !== null && portIn(place.text, name) === port);
  const any = naming ?? places.find(({ place, name }) => portIn(place.text, name) === null && place.name !== '');
  const place = any?.place ?? null;
  return {
    place,
    shadow: place === null ? null : shadowedVariable(place, template),
    port: any === undefined ? null : portIn(any.place.text, any.name),
  };
}

function portIn(text: string, host: string): number | null {
  const digits = new RegExp(`${escaped(host)}["']?[:,]\\s*(\\d{2,5})(?!\\d)`, 'i').exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Every port that something in the pod is known or believed to listen on. */
function listensIn(pod: Pod, view: RuleView): Set<number> {
  return new Set([...declaredPorts(pod).map(({ number }) => number), ...probedPorts(pod), ...listeningOf(pod, view).map(({ port }) => port)]);
}

/** What the other containers of the pod listen on, by their declared ports and their own logs. */
function listensBeside({ pod, container: own }: ContainerLog, view: RuleView): string[] {
  const declared = runningContainers(pod).flatMap(({ name, ports = [] }) => ports.map(({ containerPort }) => ({ container: name, port: containerPort })));
  const all = [...declared, ...listeningOf(pod, view)].filter(({ container }) => container !== own);
  return [...new Set(all.map(({ container, port }) => `container ${container} on ${port}`))];
}

/** Whether another container of the pod is told of the port: a proxy that is to listen there. */
function isToldOf({ pod, container }: ContainerLog, port: number): boolean {
  const word = new RegExp(`(?<!\\d)${port}(?!\\d)`);
  const others = runningContainers(pod).filter(({ name }) => name !== container);
  return others.some(({ command = [], args = [], env = [] }) => [...command, ...args, ...env.map(({ value = '' }) => value)].some((text) => word.test(text)));
}

/** The only Service of the namespace that offers the port; of several the one that the variable is named after. */
function serviceOffering(port: number, place: PlacedText | null, pod: Pod, view: RuleView): string | null {
  const services = view.list('Service', pod.metadata.namespace).filter((service) => service.spec?.ports?.some((offered) => offered.port === port) === true);
  const others = services.filter((service) => !backendPods(view, service).some(({ metadata }) => metadata.name === pod.metadata.name));
  const words = (place?.name ?? '').toLowerCase().split(/[^a-z0-9]+/);
  const named = others.filter(({ metadata }) => metadata.name.split('-').some((word) => words.includes(word)));
  const [only] = others.length === 1 ? others : named.length === 1 ? named : [];
  return only === undefined ? null : refOf(only).name;
}
