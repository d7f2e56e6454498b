import { type RequestInfo, requestInfo, type Transport } from '@quarterdeck/cluster';
import { AppError, groupOf, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import { targetOf } from '../policy/policed-transport.ts';

type Request = Parameters<Transport['json']>[0];

/** What a memory cluster is asked for by path. */
export interface Answering {
  all(): KubeObject[];
  kinds(): Promise<ResourceKind[]>;
}

/** An API server in memory, as whoever may do everything sees it: lists, objects and logs. Changes are answered with the object as it is. */
export class MemoryTransport implements Transport {
  private readonly cluster: Answering;

  constructor(cluster: Answering) {
    this.cluster = cluster;
  }

  async json(request: Request): Promise<unknown> {
    return this.answer(requestInfo(request.method ?? 'GET', targetOf(request)), request.body?.text);
  }

  async text(request: Request): Promise<string> {
    return this.logOf(requestInfo('GET', targetOf(request)));
  }

  async stream(request: Request): ReturnType<Transport['stream']> {
    const info = requestInfo('GET', targetOf(request));
    const objects = info === null || info.resource === null ? [] : await this.objectsOf(info);
    return { lines: each(objects.map((object) => JSON.stringify({ type: 'ADDED', object }))), close: () => undefined };
  }

  async bytes(request: Request): ReturnType<Transport['bytes']> {
    return { chunks: each([Buffer.from(this.logOf(requestInfo('GET', targetOf(request))))]), close: () => undefined };
  }

  async socket(): ReturnType<Transport['socket']> {
    throw new AppError('UNSUPPORTED', 'There are no programs in memory.');
  }

  async relay({ method, target }: Parameters<Transport['relay']>[0]): ReturnType<Transport['relay']> {
    const answer = await this.answer(requestInfo(method, target), undefined);
    return { status: 200, headers: { 'content-type': 'application/json' }, chunks: each([Buffer.from(JSON.stringify(answer))]), close: () => undefined };
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  private async answer(info: RequestInfo | null, body: string | undefined): Promise<unknown> {
    if (info === null) throw new AppError('VALIDATION_ERROR', 'This is no request of the Kubernetes API.');
    if (info.resource === null) return { gitVersion: 'v1.35.0', major: '1', minor: '35' };
    if (info.resource.endsWith('reviews')) return { status: { allowed: true, resourceRules: [], incomplete: false } };
    const objects = await this.objectsOf(info);
    if (info.name === null && ['list', 'watch', 'deletecollection'].includes(info.verb)) {
      return { kind: 'List', metadata: { resourceVersion: '1', remainingItemCount: objects.length }, items: objects };
    }
    if (info.verb === 'create' && info.name === null) return JSON.parse(body ?? '{}');
    const [found] = objects;
    if (found === undefined) throw new AppError('NOT_FOUND', `${info.resource} "${info.name}" not found`);
    return found;
  }

  private async objectsOf(info: Extract<RequestInfo, { resource: string }>): Promise<KubeObject[]> {
    const kind = (await this.cluster.kinds()).find(({ plural, apiVersion }) => plural === info.resource && groupOf(apiVersion) === info.apiGroup);
    if (kind === undefined) throw new AppError('NOT_FOUND', 'the server could not find the requested resource');
    const inScope = ({ metadata }: KubeObject) => !kind.namespaced || info.namespace === null || metadata.namespace === info.namespace;
    const found = this.cluster.all().filter((object) => object.kind === kind.kind && groupOf(object.apiVersion) === info.apiGroup && inScope(object));
    return info.name === null ? found : found.filter(({ metadata }) => metadata.name === info.name);
  }

  /** A pod writes what stands in its annotation `log`. */
  private logOf(info: RequestInfo | null): string {
    if (info === null || info.resource !== 'pods') throw new AppError('NOT_FOUND', 'There is no log.');
    const pod = this.cluster.all().find(({ kind, metadata }) => kind === 'Pod' && metadata.namespace === info.namespace && metadata.name === info.name);
    if (pod === undefined) throw new AppError('NOT_FOUND', `pods "${info.name}" not found`);
    return `2026-05-04T12:00:00Z ${pod.metadata.annotations?.log ?? 'quiet'}\n`;
  }
}

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
