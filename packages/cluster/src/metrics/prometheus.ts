import {
  AppError,
  type KubeObject,
  type MetricPoint,
  type MetricQuery,
  type MetricsHistory,
  type MetricsSourceState,
  metricUnits,
  toAppError,
} from '@quarterdeck/contract';
import * as z from 'zod';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { findPrometheus, type PrometheusFound, type PrometheusPlace, parseJson, placeLabel, prometheusPath } from './find-prometheus.ts';
import type { AskNow, Sample } from './prometheus-now.ts';
import { promQuery } from './prometheus-query.ts';

/** One series of a thousand points is some 40 KB. */
const maxAnswerBytes = 8 * 1024 * 1024;
const mostPoints = 1_000;
/** A Prometheus that was just installed is found within this time. Milliseconds. */
const foundForMs = 5 * 60_000;
const remedy =
  'Install Prometheus (the chart kube-prometheus-stack has all that is needed), or set the annotation quarterdeck.dev/prometheus: "9090" on the Service of yours.';

/** Ten thousand containers are some 3 MB. */
const maxVectorBytes = 32 * 1024 * 1024;

const vectorSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

const matrixSchema = z.object({
  status: z.literal('success'),
  data: z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
});

/** A Prometheus that is found in the cluster and asked through the API server, with the rights of the person. */
export class Prometheus {
  private readonly access: ClusterAccess;
  private readonly services: (signal: AbortSignal) => Promise<readonly KubeObject[]>;
  private readonly now: () => number;
  private found: { at: number; result: PrometheusFound } | null = null;

  constructor(access: ClusterAccess, services: (signal: AbortSignal) => Promise<readonly KubeObject[]>, now: () => number) {
    this.access = access;
    this.services = services;
    this.now = now;
  }

  async state(signal: AbortSignal): Promise<MetricsSourceState> {
    this.found = null;
    const result = await this.find(signal);
    if ('reason' in result) return { id: 'prometheus', state: 'unavailable', place: null, reason: result.reason, remedy: result.remedy, looked: [] };
    const { place, looked } = result;
    if (place !== null) return { id: 'prometheus', state: 'available', place: placeLabel(place), reason: null, remedy: null, looked };
    return { id: 'prometheus', state: 'unavailable', place: null, reason: whyNone(looked), remedy, looked };
  }

  async history(query: MetricQuery, signal: AbortSignal): Promise<MetricsHistory> {
    const result = await this.find(signal);
    if ('reason' in result) return { state: 'unavailable', ...result };
    if (result.place === null) return { state: 'unavailable', reason: whyNone(result.looked), remedy };
    const step = Math.max(15, query.step, Math.ceil((query.to - query.from) / mostPoints));
    try {
      const points = await this.range(result.place, { ...query, step }, signal);
      const { metric } = query;
      return { state: 'available', source: `Prometheus (${placeLabel(result.place)})`, metric, unit: metricUnits[metric], step, points, notes: [] };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (signal.aborted) throw error;
      this.found = null;
      return { state: 'unavailable', reason: `Prometheus (${placeLabel(result.place)}) did not answer: ${error.message}`, remedy: error.hint ?? remedy };
    }
  }

  /** Asks for the present; null where there is no Prometheus. What it asks throws what the API says. */
  async present(signal: AbortSignal): Promise<{ label: string; ask: AskNow } | null> {
    const result = await this.find(signal);
    if ('reason' in result || result.place === null) return null;
    const { place } = result;
    return { label: `Prometheus (${placeLabel(place)})`, ask: (query, aborted) => this.instant(place, query, aborted) };
  }

  private async instant(place: PrometheusPlace, query: string, signal: AbortSignal): Promise<Sample[]> {
    const subject = { verb: 'get', resource: 'services/proxy', namespace: place.namespace, name: place.service } as const;
    const text = await apiOf(this.access).text({ path: prometheusPath(place, 'query'), query: { query }, subject, signal }, maxVectorBytes);
    const answer = vectorSchema.safeParse(parseJson(text));
    if (!answer.success) throw new AppError('CLUSTER_ERROR', 'Its answer is not that of a Prometheus.', { cause: answer.error });
    return answer.data.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) || 0 }));
  }

  private async find(signal: AbortSignal): Promise<PrometheusFound | { reason: string; remedy: string }> {
    if (this.found !== null && this.now() - this.found.at < foundForMs) return this.found.result;
    try {
      const result = await findPrometheus(apiOf(this.access), await this.services(signal), signal);
      this.found = { at: this.now(), result };
      return result;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (signal.aborted) throw error;
      if (error.code === 'READ_ONLY') return { reason: 'A recording has no numbers.', remedy: 'Look at the cluster itself.' };
      return { reason: `Prometheus could not be looked for: ${error.message}`, remedy: error.hint ?? remedy };
    }
  }

  private async range(place: PrometheusPlace, query: MetricQuery, signal: AbortSignal): Promise<MetricPoint[]> {
    const { from, to, step } = query;
    const [start, end] = [Math.ceil(from / step) * step, Math.floor(to / step) * step];
    const text = await apiOf(this.access).text(
      {
        path: prometheusPath(place, 'query_range'),
        query: { query: promQuery(query), start: String(start), end: String(end), step: String(step), timeout: '20s' },
        subject: { verb: 'get', resource: 'services/proxy', namespace: place.namespace, name: place.service },
        signal,
      },
      maxAnswerBytes,
    );
    const answer = matrixSchema.safeParse(parseJson(text));
    if (!answer.success) throw new AppError('CLUSTER_ERROR', 'Its answer is not that of a Prometheus.', { cause: answer.error });
    return onGrid(answer.data.data.result[0]?.values ?? [], start, end, step);
  }
}

/** Prometheus leaves out the times at which it has nothing. */
function onGrid(values: readonly (readonly [number, string])[], start: number, end: number, step: number): MetricPoint[] {
  const known = new Map(values.map(([time, value]) => [Math.round((time - start) / step), Number(value)]));
  const points: MetricPoint[] = [];
  for (let i = 0; start + i * step <= end; i += 1) {
    const value = known.get(i);
    points.push([start + i * step, value === undefined || !Number.isFinite(value) ? null : value]);
  }
  return points;
}

function whyNone(looked: PrometheusFound['looked']): string {
  if (looked.length === 0) return 'No Service looks like a Prometheus, a Thanos or a VictoriaMetrics.';
  return `No usable Prometheus was found: ${looked.map(({ what, outcome }) => `${what}: ${outcome.replace(/\.$/, '')}`).join('; ')}.`;
}
