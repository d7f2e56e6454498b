import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { KubeObject, ResourceKind } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import { type ClusterDependencies, openCluster } from '../access/open-cluster.ts';
import { findKind } from '../discovery/find-kind.ts';
import { type KeyedCertificate, selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import type { WatchClock } from '../watch/watch-clock.ts';
import { WatchHub } from '../watch/watch-hub.ts';
import type { WatchedList } from '../watch/watched-list.ts';
import { configMap } from './fake-responses.ts';
import { FaultProxy } from './fault-proxy.ts';
import { sandboxContext } from './sandbox-context.ts';

const { signal } = new AbortController();

/** Back-offs of seconds pass in hundredths, so that a test sees several attempts. */
const hastyClock: WatchClock = {
  now: Date.now,
  random: () => 0,
  sleep: async (milliseconds, aborted) => delay(milliseconds / 50, undefined, { signal: aborted }),
};

/** A namespace of a real cluster, changed directly and read through a proxy that makes faults. Whoever opens it closes it. */
export class FaultyCluster {
  readonly namespace: string;
  readonly proxy: FaultProxy;
  readonly certificate: KeyedCertificate;
  readonly direct: ClusterAccess;
  private readonly folder: string;
  private readonly ends: (() => Promise<unknown>)[] = [];

  private constructor(parts: { namespace: string; proxy: FaultProxy; certificate: KeyedCertificate; direct: ClusterAccess; folder: string }) {
    this.namespace = parts.namespace;
    this.proxy = parts.proxy;
    this.certificate = parts.certificate;
    this.direct = parts.direct;
    this.folder = parts.folder;
  }

  /** On the cluster of the integration tests; the namespace must be there. */
  static async open(namespace: string): Promise<FaultyCluster> {
    const context = await sandboxContext();
    const certificate = selfSignedCertificate('fault proxy');
    const proxy = await FaultProxy.start(await context.connection(), certificate);
    const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-faults-'));
    return new FaultyCluster({ namespace, proxy, certificate, direct: await openCluster(context), folder });
  }

  async close(): Promise<void> {
    for (const end of this.ends) await end();
    await this.direct.close();
    await this.proxy.stop();
    await rm(this.folder, { recursive: true });
  }

  /** A file beside the kubeconfig, written at once as a whole. */
  async write(name: string, text: string): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  }

  /** A kubeconfig that leads through the proxy. `user` is the user's entry; files in it lie beside it. */
  async kubeconfig(user: Record<string, string> = { token: 'any' }): Promise<string> {
    const ca = Buffer.from(this.certificate.certificate).toString('base64');
    return this.write(
      'kubeconfig',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'faulty', cluster: { server: this.proxy.url, 'certificate-authority-data': ca } }],
        users: [{ name: 'faulty', user }],
        contexts: [{ name: 'faulty', context: { cluster: 'faulty', user: 'faulty', namespace: this.namespace } }],
        'current-context': 'faulty',
      }),
    );
  }

  /** The cluster as a user of the proxy sees it. */
  async access(user?: Record<string, string>, dependencies: ClusterDependencies = {}): Promise<ClusterAccess> {
    const access = await openCluster(await sandboxContext(await this.kubeconfig(user)), dependencies);
    this.ends.push(() => access.close());
    return access;
  }

  /** ConfigMaps of the namespace, followed through the proxy. */
  async follow(user?: Record<string, string>, dependencies?: ClusterDependencies): Promise<Follower> {
    const hub = new WatchHub(await this.access(user, dependencies), hastyClock);
    this.ends.unshift(() => hub.close());
    return new Follower(hub.open(await this.kind(), this.namespace));
  }

  async kind(): Promise<ResourceKind> {
    return findKind(await this.direct.kinds(signal), 'configmaps');
  }

  /** What the API server itself says now: name and resourceVersion of every ConfigMap, sorted. */
  async truth(): Promise<string[]> {
    const { items } = await listAll(this.direct, await this.kind(), { namespace: this.namespace, signal });
    return summary(items);
  }

  async put(name: string, data: Record<string, string> = {}): Promise<void> {
    const text = JSON.stringify(configMap(this.namespace, name, data));
    await this.change('POST', '', text);
  }

  async delete(name: string): Promise<void> {
    await this.change('DELETE', `/${name}`, '{}');
  }

  private async change(method: 'POST' | 'DELETE', below: string, text: string): Promise<void> {
    const subject = { verb: method === 'POST' ? ('create' as const) : ('delete' as const), resource: 'configmaps', namespace: this.namespace };
    await apiOf(this.direct).json({
      path: `/api/v1/namespaces/${this.namespace}/configmaps${below}`,
      method,
      body: { contentType: 'application/json', text },
      subject,
      signal,
    });
  }
}

/** A reader of a live list who only knows what the batches told. */
export class Follower {
  readonly list: WatchedList;
  /** Every state with its reason, as they came. */
  readonly states: string[] = [];
  private readonly known = new Map<string, KubeObject>();

  constructor(list: WatchedList) {
    this.list = list;
    list.subscribe(({ upserts, deletes }) => {
      for (const object of deletes) this.known.delete(object.metadata.uid ?? '');
      for (const object of upserts) this.known.set(object.metadata.uid ?? '', object);
      const state = list.reason === null ? list.state : `${list.state}: ${list.reason}`;
      if (this.states.at(-1) !== state) this.states.push(state);
    });
  }

  /** What was told, and what the list holds: name and resourceVersion of every object, sorted. */
  told(): string[] {
    return summary([...this.known.values()]);
  }

  held(): string[] {
    return summary([...this.list.objects.values()]);
  }
}

/** Two objects of one name would be two lines. */
function summary(objects: readonly KubeObject[]): string[] {
  return objects.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`).sort();
}
