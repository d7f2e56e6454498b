import { isKind, type KindTypes, type KubeObject, type MetricsSourceState, toAppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';

type Service = KindTypes['Service'];

/** Set on a Service, it says that this is the one: `true`, or the port. */
const override = 'quarterdeck.dev/prometheus';
/** Below which path the API is, where it is not at the root. */
const overridePath = 'quarterdeck.dev/prometheus-path';

/** Where a Prometheus (or what speaks as one) answers, through the API server's proxy for Services. */
export interface PrometheusPlace {
  namespace: string;
  service: string;
  port: string;
  https: boolean;
  /** Empty, or `/select/0/prometheus`. */
  prefix: string;
}

export interface PrometheusFound {
  place: PrometheusPlace | null;
  looked: MetricsSourceState['looked'];
}

/** More would only be guesses. */
const mostCandidates = 8;
const maxAnswerBytes = 256 * 1024;
/** Also says whether the containers of this cluster are measured, without which it is of no use here. */
const probe = 'count(container_memory_working_set_bytes{container!=""})';
const answerSchema = z.object({ status: z.literal('success'), data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }) });

/** Looks for it among the Services, the likeliest first, and asks each whether it knows the containers. Throws only where the call was cancelled. */
export async function findPrometheus(api: Transport, services: readonly KubeObject[], signal: AbortSignal): Promise<PrometheusFound> {
  const looked: PrometheusFound['looked'] = [];
  for (const place of prometheusCandidates(services).slice(0, mostCandidates)) {
    const outcome = await ask(api, place, signal);
    looked.push({ what: placeLabel(place), outcome: outcome ?? 'knows the containers of this cluster' });
    if (outcome === null) return { place, looked };
  }
  return { place: null, looked };
}

export function placeLabel({ namespace, service, port }: PrometheusPlace): string {
  return `Service ${namespace}/${service}, port ${port}`;
}

/** The path of its API, as the API server proxies it. */
export function prometheusPath({ namespace, service, port, https, prefix }: PrometheusPlace, call: 'query' | 'query_range'): string {
  const target = encodeURIComponent(`${https ? 'https:' : ''}${service}:${port}`);
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/${target}/proxy${prefix}/api/v1/${call}`;
}

/** Services that may be one, the likeliest first: one that was named so, those of the known charts, those that look like one. */
export function prometheusCandidates(services: readonly KubeObject[]): PrometheusPlace[] {
  return services
    .flatMap((service) => (isKind(service, 'Service') ? [{ service, rank: rankOf(service) }] : []))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank || one.service.metadata.name.localeCompare(other.service.metadata.name))
    .flatMap(({ service }) => placeOf(service));
}

/** Beside Prometheus in every chart, and none. */
const others =
  /alertmanager|node-exporter|pushgateway|operator|adapter|blackbox|kube-state|exporter|grafana|sidecar|vmagent|vmalert|vminsert|vmstorage|store|compact|ruler|receive/;
const labelValues: Readonly<Record<string, number>> = {
  'kube-prometheus-stack-prometheus': 90,
  prometheus: 80,
  'thanos-query-frontend': 75,
  'thanos-query': 74,
  vmsingle: 70,
  'victoria-metrics-single': 70,
  vmselect: 69,
};

function rankOf({ metadata, spec }: Service): number {
  const { annotations = {}, labels = {}, name } = metadata;
  if (annotations[override] !== undefined) return annotations[override] === 'false' ? 0 : 100;
  if (spec?.type === 'ExternalName') return 0;
  const component = labels['app.kubernetes.io/component'] ?? labels.component ?? '';
  if (others.test(name) || others.test(component)) return 0;
  const named = ['app', 'app.kubernetes.io/name'].flatMap((label) => labelValues[labels[label] ?? ''] ?? []);
  if (named.length > 0) return Math.max(...named);
  if (labels['operated-prometheus'] === 'true' || name === 'prometheus-operated') return 60;
  if (/^(prometheus|prometheus-server|prometheus-k8s|thanos-query|thanos-querier|vmsingle)$/.test(name)) return 50;
  return /(^|-)(prometheus(-server)?|thanos-quer(y|ier)|vmsingle|vmselect|victoria-metrics(-single(-server)?)?)$/.test(name) ? 20 : 0;
}

const portNames = ['http-web', 'web', 'http-query', 'http', 'https', 'prometheus', 'server'];
const portNumbers = [9090, 9091, 8428, 8481, 10902, 10904, 80, 443];

function placeOf({ metadata, spec }: Service): PrometheusPlace[] {
  const { annotations = {}, name, namespace = '' } = metadata;
  const chosen = annotations[override];
  const ports = spec?.ports ?? [];
  const port =
    ports.find((each) => String(each.port) === chosen || each.name === chosen) ??
    portNames.flatMap((wanted) => ports.find((each) => each.name === wanted) ?? [])[0] ??
    portNumbers.flatMap((wanted) => ports.find((each) => each.port === wanted) ?? [])[0] ??
    ports[0];
  if (port === undefined) return [];
  const https = port.name === 'https' || port.port === 443 || port.appProtocol === 'https';
  const prefix = annotations[overridePath]?.replace(/\/+$/, '') ?? (/vmselect/.test(name) ? '/select/0/prometheus' : '');
  return [{ namespace, service: name, port: String(port.port), https, prefix }];
}

/** Null where it is one that knows the containers; else what came instead. */
async function ask(api: Transport, place: PrometheusPlace, signal: AbortSignal): Promise<string | null> {
  try {
    const subject = { verb: 'get', resource: 'services/proxy', namespace: place.namespace, name: place.service } as const;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const text = await api.text({ path: prometheusPath(place, 'query'), query: { query: probe }, subject, signal: deadline }, maxAnswerBytes);
    const answer = answerSchema.safeParse(parseJson(text));
    if (!answer.success) return 'answers, but not as Prometheus does';
    const [first] = answer.data.data.result;
    return first === undefined || Number(first.value[1]) === 0
      ? 'is a Prometheus without metrics of containers: it does not watch the kubelet (/metrics/cadvisor)'
      : null;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (signal.aborted) throw error;
    return error.message;
  }
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
