import { readHead } from '@quarterdeck/storage';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Services } from '../routes/services.ts';
import { diagnosisChannel } from './diagnosis-channel.ts';

/** Seconds. */
const callBuckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];
const checkBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface CallFacts {
  /** The id of the route; `page` for files, `none` for what there is nothing for. */
  route: string;
  method: string;
  status: number;
  seconds: number;
}

/** The numbers of one workbench, for Prometheus. Names of objects are in none of them; of clusters, their names. */
export class ServerMetrics {
  private readonly registry = new Registry();
  private readonly calls = new Counter({
    name: 'quarterdeck_http_requests_total',
    help: 'Calls answered.',
    labelNames: ['route', 'method', 'status'],
    registers: [this.registry],
  });
  private readonly seconds = new Histogram({
    name: 'quarterdeck_http_request_duration_seconds',
    help: 'Time until the answer begins.',
    labelNames: ['route', 'method'],
    buckets: callBuckets,
    registers: [this.registry],
  });
  private readonly sockets = new Gauge({ name: 'quarterdeck_websockets', help: 'WebSockets that are open.', labelNames: ['path'], registers: [this.registry] });
  private readonly checks = new Histogram({
    name: 'quarterdeck_diagnosis_duration_seconds',
    help: 'Time of one check of a cluster, with what it read for it.',
    buckets: checkBuckets,
    registers: [this.registry],
  });
  private readonly onCheck = (milliseconds: unknown) => this.checks.observe(Number(milliseconds) / 1000);

  constructor(services: MeasuredServices) {
    measureStorage(this.registry, services);
    measureClusters(this.registry, services);
    diagnosisChannel.subscribe(this.onCheck);
  }

  /** Also memory, processor and event loop of this process. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  called({ route, method, status, seconds }: CallFacts): void {
    this.calls.inc({ route, method, status });
    this.seconds.observe({ route, method }, seconds);
  }

  socketOpened(path: string, socket: { once(event: 'close', listener: () => void): unknown }): void {
    this.sockets.inc({ path });
    socket.once('close', () => this.sockets.dec({ path }));
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  close(): void {
    diagnosisChannel.unsubscribe(this.onCheck);
    this.registry.clear();
  }
}

export type MeasuredServices = Pick<Services, 'storage'> & { costs(): ReturnType<ReturnType<Services['clusters']['seenBy']>['costs']> };

/** Each is found out when it is asked for. */
function measureStorage(registry: Registry, { storage }: MeasuredServices): void {
  const up = new Gauge({ name: 'quarterdeck_storage_up', help: '1 while the storage answers.', registers: [registry] });
  const answer = new Gauge({ name: 'quarterdeck_storage_answer_seconds', help: 'How long the storage took to answer.', registers: [registry] });
  new Gauge({
    name: 'quarterdeck_ledger_rows',
    help: 'Rows that were written to the ledger, those that were taken away by age included.',
    registers: [registry],
    async collect() {
      const begun = performance.now();
      const head = await readHead(storage.db).catch(() => null); // That it does not answer is the measurement.
      answer.set((performance.now() - begun) / 1000);
      up.set(head === null ? 0 : 1);
      if (head !== null) this.set(head.seq);
    },
  });
}

function measureClusters(registry: Registry, { costs }: MeasuredServices): void {
  const streams = new Gauge({
    name: 'quarterdeck_cluster_watch_streams',
    help: 'Watches open at an API server.',
    labelNames: ['cluster'],
    registers: [registry],
  });
  const bytes = new Gauge({
    name: 'quarterdeck_cluster_bytes',
    help: 'Bytes to and from an API server since the connection was opened.',
    labelNames: ['cluster', 'direction'],
    registers: [registry],
  });
  const refused = new Gauge({
    name: 'quarterdeck_cluster_refusals',
    help: 'Requests that an API server refused (forbidden), slowed down (throttled) or failed.',
    labelNames: ['cluster', 'reason'],
    registers: [registry],
  });
  new Gauge({
    name: 'quarterdeck_cluster_requests',
    help: 'Requests to an API server since the connection was opened.',
    labelNames: ['cluster'],
    registers: [registry],
    collect() {
      for (const gauge of [this, streams, bytes, refused]) gauge.reset();
      for (const { cluster, cost } of costs()) {
        this.set({ cluster }, cost.total.requests);
        streams.set({ cluster }, cost.openStreams);
        bytes.set({ cluster, direction: 'in' }, cost.total.bytesIn);
        bytes.set({ cluster, direction: 'out' }, cost.total.bytesOut);
        for (const reason of ['forbidden', 'throttled', 'failed'] as const) refused.set({ cluster, reason }, cost.total[reason]);
      }
    },
  });
}
