import { groupOf, type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import { at, isRecord, listAt, textAt } from '../../custom/fields.ts';
import { selectorMatches } from '../../graph/label-selector.ts';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../../model/analyser.ts';
import type { RawFinding } from '../../model/finding.ts';
import { fieldEvidence, timeOf } from '../../pods/evidence.ts';
import type { ClusterView } from '../../view/cluster-view.ts';

export type MonitorFacts = { selector: string; selects: string; near: string | null };

export const monitorSelectsNothing = defineCode<MonitorFacts>({
  code: 'monitor-selects-nothing',
  title: 'Monitor selects nothing',
  documentation:
    'No Service (or pod) in the namespaces of the ServiceMonitor or PodMonitor has the labels that it asks for, so nothing is scraped and alerts on its metrics stay silent.',
  silentWhen: 'The Services or pods of its namespaces may not be read, or one matches.',
  opensAfterSeconds: 300,
  closesAfterSeconds: 30,
  message: ({ selector, selects }) => `No ${selects} has the labels ${selector}.`,
});

export type MonitorPortFacts = { port: string; service: string; offered: readonly string[] };

export const monitorPortMissing = defineCode<MonitorPortFacts>({
  code: 'monitor-port-missing',
  title: 'Monitor scrapes a port that does not exist',
  documentation: 'An endpoint of the monitor names a port that none of the Services (or containers) it selects has, so they are not scraped.',
  silentWhen: 'One of the selected objects has a port of that name, or the endpoint names a number.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 30,
  message: ({ port, service, offered }) => `Port ${port} is not a port of ${service} (${offered.length === 0 ? 'it names none' : offered.join(', ')}).`,
});

export type MonitorAdoptedFacts = { selector: string; prometheus: string };

export const monitorNotAdopted = defineCode<MonitorAdoptedFacts>({
  code: 'monitor-not-adopted',
  title: 'Monitor that no Prometheus takes',
  documentation:
    'The selectors of every Prometheus in the cluster leave the monitor out, usually because it lacks a label (`release: …`), so nothing that it selects is scraped.',
  silentWhen: 'The cluster has no Prometheus, or one of them takes all monitors.',
  opensAfterSeconds: 300,
  closesAfterSeconds: 30,
  message: ({ selector, prometheus }) => `Prometheus ${prometheus} takes only monitors with ${selector}.`,
});

const group = 'monitoring.coreos.com';

/** ServiceMonitors and PodMonitors: https://prometheus-operator.dev/docs/developer/getting-started/ */
export const prometheusMonitorAnalyser = defineCustomAnalyser({
  id: 'prometheus-monitor',
  matches: ({ apiVersion, kind }) => groupOf(apiVersion) === group && (kind === 'ServiceMonitor' || kind === 'PodMonitor'),
  reads: ['Service', 'Pod', 'Namespace'],
  codes: [monitorSelectsNothing, monitorPortMissing, monitorNotAdopted],
  *analyse(monitor, view) {
    if (monitor.metadata.deletionTimestamp !== undefined) return;
    const selector = selectorOf(at(monitor.spec, 'selector'));
    if (selector === null) return;
    const kind = monitor.kind === 'ServiceMonitor' ? 'Service' : 'Pod';
    if (view.coverage(kind) !== 'read') return;
    const candidates = namespacesOf(monitor, view).flatMap((namespace): readonly (KindTypes['Service'] | KindTypes['Pod'])[] => view.list(kind, namespace));
    const selected = candidates.filter(({ metadata }) => selectorMatches(selector, metadata.labels));
    if (selected.length === 0) yield selectsNothing(monitor, selector, kind, candidates);
    else yield* portsMissing(monitor, selected);
    yield* notAdopted(monitor, view);
  },
});

function selectorOf(raw: unknown): LabelSelector | null {
  if (!isRecord(raw)) return null;
  const matchLabels = isRecord(raw.matchLabels) ? Object.fromEntries(Object.entries(raw.matchLabels).map(([key, value]) => [key, String(value)])) : {};
  const matchExpressions = listAt(raw, 'matchExpressions').flatMap((each) => {
    const [key, operator] = [textAt(each, 'key'), textAt(each, 'operator')];
    return key === null || operator === null ? [] : [{ key, operator, values: listAt(each, 'values').map(String) }];
  });
  return { matchLabels, matchExpressions };
}

export function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  return [...labels, ...matchExpressions.map(({ key, operator, values = [] }) => `${key} ${operator} ${values.join(',')}`.trim())].join(', ') || 'anything';
}

/** Undefined stands for all namespaces. */
function namespacesOf(monitor: CustomResource, view: ClusterView): (string | undefined)[] {
  if (at(monitor.spec, 'namespaceSelector', 'any') === true) return view.scope === null ? [undefined] : [...view.scope];
  const named = listAt(monitor.spec, 'namespaceSelector', 'matchNames').map(String);
  return named.length > 0 ? named : [monitor.metadata.namespace];
}

function selectsNothing(
  monitor: CustomResource,
  selector: LabelSelector,
  kind: 'Service' | 'Pod',
  candidates: readonly { metadata: KindTypes['Service']['metadata'] }[],
): RawFinding<MonitorFacts> {
  const object = refOf(monitor);
  const text = selectorText(selector);
  const shared = (labels: Record<string, string> | undefined) =>
    Object.entries(selector.matchLabels ?? {}).filter(([key, value]) => labels?.[key] === value).length;
  const near = candidates.filter(
    ({ metadata }) => shared(metadata.labels) > 0 || Object.keys(selector.matchLabels ?? {}).some((key) => metadata.labels?.[key] !== undefined),
  );
  const nearest = near.toSorted((a, b) => shared(b.metadata.labels) - shared(a.metadata.labels))[0];
  const labels = Object.keys(selector.matchLabels ?? {}).flatMap((key) =>
    nearest?.metadata.labels?.[key] === undefined ? [] : [`${key}=${nearest.metadata.labels[key]}`],
  );
  const facts: MonitorFacts = {
    selector: text,
    selects: kind,
    near: nearest === undefined || labels.length === 0 ? null : `${kind} ${nearest.metadata.name} has ${labels.join(', ')}`,
  };
  return base(monitor, monitorSelectsNothing.code, '', 'medium', facts, [fieldEvidence(object, 'spec.selector', text, { decisive: true })]);
}

function* portsMissing(monitor: CustomResource, selected: readonly (KindTypes['Service'] | KindTypes['Pod'])[]): Iterable<RawFinding<MonitorPortFacts>> {
  const list = monitor.kind === 'ServiceMonitor' ? 'endpoints' : 'podMetricsEndpoints';
  for (const [i, endpoint] of listAt(monitor.spec, list).entries()) {
    const port = textAt(endpoint, 'port');
    const first = selected[0];
    if (port === null || first === undefined || selected.some((object) => portNames(object).includes(port))) continue;
    const path = `spec.${list}[${i}].port`;
    const facts: MonitorPortFacts = {
      port,
      service: `${monitor.kind === 'ServiceMonitor' ? 'Service' : 'Pod'} ${first.metadata.name}`,
      offered: portNames(first),
    };
    yield base(monitor, monitorPortMissing.code, path, 'medium', facts, [fieldEvidence(refOf(monitor), path, port, { decisive: true })]);
  }
}

function portNames({ spec }: KindTypes['Service'] | KindTypes['Pod']): string[] {
  if (spec === undefined) return [];
  if ('containers' in spec) return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ ports }) => (ports ?? []).flatMap(({ name }) => name ?? []));
  return 'ports' in spec ? (spec.ports ?? []).flatMap(({ name }) => name ?? []) : [];
}

function* notAdopted(monitor: CustomResource, view: ClusterView): Iterable<RawFinding<MonitorAdoptedFacts>> {
  const field = monitor.kind === 'ServiceMonitor' ? 'serviceMonitorSelector' : 'podMonitorSelector';
  const servers: readonly CustomResource[] = [...view.listCustom(group, 'Prometheus'), ...view.listCustom(group, 'PrometheusAgent')];
  const choices = servers.flatMap((server) => {
    const selector = selectorOf(at(server.spec, field));
    return selector === null ? [] : [{ name: server.metadata.name, selector }];
  });
  const [first] = choices;
  if (first === undefined || choices.length < servers.length || choices.some(({ selector }) => selectorMatches(selector, monitor.metadata.labels))) return;
  const facts: MonitorAdoptedFacts = { selector: selectorText(first.selector), prometheus: first.name };
  yield base(monitor, monitorNotAdopted.code, '', 'medium', facts, [
    fieldEvidence(refOf(monitor), 'metadata.labels', facts.selector, {
      text: `Prometheus ${first.name} selects monitors by ${facts.selector}`,
      decisive: true,
    }),
  ]);
}

function base<F extends RawFinding['facts']>(
  monitor: CustomResource,
  code: string,
  discriminator: string,
  severity: 'medium',
  facts: F,
  evidence: RawFinding['evidence'],
): RawFinding<F> {
  const object: ObjectRef = refOf(monitor);
  return { code, object, discriminator, severity, since: timeOf(monitor.metadata.creationTimestamp), facts, evidence };
}
