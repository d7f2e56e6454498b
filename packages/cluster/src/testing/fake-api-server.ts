import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KubeObject } from '@quarterdeck/contract';
import type { CredentialSource } from '../credentials/credentials.ts';
import type { ReachableContext } from '../kubeconfig/cluster-context.ts';
import { discoveryOf, type FakeKind, fakeKinds, tableOf } from './fake-responses.ts';
import { fixedCredentials } from './fixed-credentials.ts';

interface StoredEvent {
  version: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
}

interface OpenWatch {
  response: ServerResponse;
  kind: FakeKind;
  namespace: string | null;
  table: boolean;
}

/**
 * An API server on loopback with lists, pages, watches and history as Kubernetes has them, and with the faults that
 * real ones show: lost history, cut streams, silence, refusals. It passes the conformance suite of the real thing.
 */
export class FakeApiServer {
  /** By `namespace/pod/container`, with `/previous` behind for the run before. */
  readonly logs = new Map<string, string>();
  /** Every request as `path?query`, oldest first. */
  readonly requests: string[] = [];
  /** Whether it can stream lists, as servers from 1.34 on can. */
  streamsLists = false;
  /** Some proxies and old servers never send the bookmark that ends a streamed list. */
  endsStreamedLists = true;
  private readonly server: Server;
  private readonly objects = new Map<string, KubeObject>();
  private readonly history: StoredEvent[] = [];
  private readonly watches = new Set<OpenWatch>();
  private readonly refusals: { path: string; status: number; headers: Record<string, string>; body: unknown }[] = [];
  private version = 100;
  private oldestVersion = 100;

  constructor() {
    this.server = createServer((request, response) => this.serve(request, response));
  }

  /** Whatever credentials are shown are accepted, unless a refusal is planned. */
  async start(credentials: CredentialSource = fixedCredentials({ authorization: 'Bearer fake' })): Promise<ReachableContext> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const server = `http://127.0.0.1:${this.port}`;
    const connection = async () => ({
      server,
      insecureSkipTlsVerify: false,
      tlsServerName: null,
      proxyUrl: null,
      impersonation: {},
      credentials,
      certificateAuthority: async () => null,
    });
    return { id: 'fake', server, connection };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get port(): number {
    const address: AddressInfo | string | null = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The fake API server is not started.');
    return address.port;
  }

  get openWatches(): number {
    return this.watches.size;
  }

  put(object: KubeObject): void {
    const key = keyOf(object);
    const known = this.objects.get(key);
    this.version += 1;
    const uid = known?.metadata.uid ?? `uid-${this.version}`;
    const stored = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(this.version) } };
    this.objects.set(key, stored);
    this.record({ version: this.version, type: known === undefined ? 'ADDED' : 'MODIFIED', object: stored });
  }

  delete(object: KubeObject): void {
    const stored = this.objects.get(keyOf(object));
    if (stored === undefined) return;
    this.objects.delete(keyOf(object));
    this.version += 1;
    this.record({ version: this.version, type: 'DELETED', object: { ...stored, metadata: { ...stored.metadata, resourceVersion: String(this.version) } } });
  }

  /** Forgets all history: older versions and continue tokens are answered with 410. */
  compact(): void {
    this.version += 1;
    this.oldestVersion = this.version;
    this.history.length = 0;
  }

  /** Ends every watch as the server does when its time is over. */
  endWatches(): void {
    for (const watch of this.watches) {
      this.watches.delete(watch);
      watch.response.end();
    }
  }

  /** Breaks every connection in the middle of an event. */
  cutWatches(): void {
    for (const { response } of this.watches) {
      response.write('{"type":"ADDED","object":{"metadata":{"na');
      response.socket?.destroy();
    }
  }

  /** Sends the client of every watch a line as it is. */
  sayToWatches(line: string): void {
    for (const { response } of this.watches) response.write(`${line}\n`);
  }

  /** Closes the connection under the next request whose path contains `path`. */
  dropOnce(path: string): void {
    this.refuseOnce(path, 0);
  }

  /** The next request whose path contains `path` gets this answer. */
  refuseOnce(path: string, status: number, headers: Record<string, string> = {}, body: unknown = null): void {
    this.refusals.push({ path, status, headers, body });
  }

  private record(event: StoredEvent): void {
    this.history.push(event);
    for (const watch of this.watches) this.send(watch, event);
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://fake');
    this.requests.push(`${url.pathname}${url.search}`);
    if (url.searchParams.has('sendInitialEvents') && !this.streamsLists) {
      reply(response, 422, statusOf(422, 'ListOptions is invalid: sendInitialEvents: Forbidden: not allowed unless the WatchList feature gate is enabled'));
      return;
    }
    const refusal = this.refusals.findIndex(({ path }) => url.pathname.includes(path));
    const [planned] = refusal < 0 ? [] : this.refusals.splice(refusal, 1);
    if (planned?.status === 0) {
      request.socket.destroy();
      return;
    }
    if (planned !== undefined) {
      reply(response, planned.status, planned.body ?? statusOf(planned.status, plannedMessages[planned.status] ?? 'planned'), planned.headers);
      return;
    }
    if (url.pathname === '/version') {
      reply(response, 200, { gitVersion: 'v1.35.0', major: '1', minor: '35+' });
      return;
    }
    if (url.pathname === '/api' || url.pathname === '/apis') {
      reply(response, 200, discoveryOf(url.pathname === '/api'));
      return;
    }
    const log = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(url.pathname);
    if (log !== null) {
      this.serveLog(`${log[1]}/${log[2]}/${url.searchParams.get('container')}${url.searchParams.has('previous') ? '/previous' : ''}`, response);
      return;
    }
    this.serveResource(url, (request.headers.accept ?? '').includes('as=Table'), response);
  }

  private serveResource(url: URL, table: boolean, response: ServerResponse): void {
    const match = /^\/(?:api|apis)\/(.+?)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/.exec(url.pathname);
    const [, apiVersion, namespace = null, plural, name] = match ?? [];
    const kind = fakeKinds.find((candidate) => candidate.apiVersion === apiVersion && candidate.plural === plural);
    if (kind === undefined) {
      reply(response, 404, statusOf(404, 'the server could not find the requested resource'));
      return;
    }
    if (name !== undefined) {
      this.serveObject(kind, namespace, name, response);
      return;
    }
    if (url.searchParams.get('watch') === 'true') {
      this.serveWatch(url, { response, kind, namespace, table });
      return;
    }
    this.serveList(url, { response, kind, namespace, table });
  }

  private serveLog(key: string, response: ServerResponse): void {
    const text = this.logs.get(key);
    if (text === undefined) reply(response, 400, statusOf(400, `previous terminated container in "${key}" not found`));
    else response.end(text);
  }

  private serveObject(kind: FakeKind, namespace: string | null, name: string, response: ServerResponse): void {
    const object = this.objects.get(keyOf({ kind: kind.kind, metadata: { name, ...(namespace === null ? {} : { namespace }) } }));
    if (object === undefined) {
      reply(response, 404, statusOf(404, `${kind.plural} "${name}" not found`));
      return;
    }
    reply(response, 200, object);
  }

  private serveList(url: URL, { response, kind, namespace, table }: OpenWatch): void {
    const [start = 0, version = this.version] = (url.searchParams.get('continue') ?? '').split('@').filter(Boolean).map(Number);
    if (version < this.oldestVersion) {
      reply(response, 410, statusOf(410, 'The provided continue parameter is too old'));
      return;
    }
    const limit = Number(url.searchParams.get('limit') ?? '0') || Number.POSITIVE_INFINITY;
    const all = [...this.objects.values()].filter((object) => isIn(object, kind, namespace));
    const rest = start + limit < all.length ? { continue: `${start + limit}@${version}` } : {};
    const metadata = { resourceVersion: String(version), ...rest };
    const items = all.slice(start, start + limit);
    reply(
      response,
      200,
      table ? tableOf(items, metadata, true) : { kind: `${kind.kind}List`, apiVersion: kind.apiVersion, metadata, items: items.map(withoutName) },
    );
  }

  private serveWatch(url: URL, watch: OpenWatch): void {
    const initial = url.searchParams.get('sendInitialEvents') === 'true';
    const from = initial ? this.version : Number(url.searchParams.get('resourceVersion') ?? '0');
    const { response } = watch;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (from < this.oldestVersion) {
      response.end(`${JSON.stringify({ type: 'ERROR', object: statusOf(410, `too old resource version: ${from}`) })}\n`);
      return;
    }
    this.watches.add(watch);
    response.on('close', () => this.watches.delete(watch));
    if (initial) this.sendInitial(watch);
    for (const event of this.history.filter(({ version }) => version > from)) this.send(watch, event);
  }

  private sendInitial(watch: OpenWatch): void {
    for (const object of this.objects.values()) this.send(watch, { version: this.version, type: 'ADDED', object });
    const metadata = { resourceVersion: String(this.version), annotations: { 'k8s.io/initial-events-end': 'true' } };
    const bookmark = { kind: watch.kind.kind, apiVersion: watch.kind.apiVersion, metadata };
    const table = {
      kind: 'Table',
      metadata: { resourceVersion: String(this.version) },
      columnDefinitions: null,
      rows: [{ cells: [''], object: { metadata } }],
    };
    if (this.endsStreamedLists) watch.response.write(`${JSON.stringify({ type: 'BOOKMARK', object: watch.table ? table : bookmark })}\n`);
  }

  private send(watch: OpenWatch, { type, object }: StoredEvent): void {
    if (!isIn(object, watch.kind, watch.namespace)) return;
    const sent = watch.table ? tableOf([object], {}, true) : object;
    const line = Buffer.from(`${JSON.stringify({ type, object: sent })}\n`);
    // In two halves, the cut wherever it falls, also inside a character.
    const middle = line.byteLength >> 1;
    watch.response.write(line.subarray(0, middle));
    watch.response.write(line.subarray(middle));
  }
}

function isIn(object: KubeObject, kind: FakeKind, namespace: string | null): boolean {
  return object.kind === kind.kind && (namespace === null || object.metadata.namespace === namespace);
}

function keyOf(object: { kind: string; metadata: { name: string; namespace?: string } }): string {
  return `${object.kind}|${object.metadata.namespace ?? ''}|${object.metadata.name}`;
}

/** Items of lists come without kind and apiVersion. */
function withoutName({ kind: _kind, apiVersion: _apiVersion, ...item }: KubeObject): unknown {
  return item;
}

/** Where our own words depend on those of the server. */
const plannedMessages: Readonly<Record<number, string>> = { 403: 'forbidden: User "fake" cannot list resource "any" in API group ""' };

function statusOf(code: number, message: string): unknown {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message };
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
