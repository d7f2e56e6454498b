import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A cluster of one ConfigMap that remembers every change that reached it, by the number that the change sets. */
export interface CountingCluster {
  kubeconfig: string;
  /** Numbers in the order in which they came. */
  readonly changed: ReadonlySet<string>;
  close(): Promise<void>;
}

const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'counter', namespace: 'shop', uid: 'u1', resourceVersion: '1' } };

const discovery = (core: boolean) => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  items: core
    ? [
        {
          metadata: {},
          versions: [
            {
              version: 'v1',
              resources: [{ resource: 'configmaps', responseKind: { kind: 'ConfigMap' }, scope: 'Namespaced', verbs: ['get', 'list', 'watch', 'patch'] }],
            },
          ],
        },
      ]
    : [],
});

const answers: Readonly<Record<string, unknown>> = {
  '/version': { gitVersion: 'v1.35.0', major: '1', minor: '35' },
  '/api': discovery(true),
  '/apis': discovery(false),
  '/api/v1/namespaces/shop/configmaps/counter': object,
};

export async function startCountingCluster(): Promise<CountingCluster> {
  const changed = new Set<string>();
  const server = createServer((request, response) => {
    answer(request, response, changed).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return {
    kubeconfig: JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'counting' },
      clusters: [{ name: 'counting', cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: 'nobody', user: {} }],
      contexts: [{ name: 'counting', context: { cluster: 'counting', user: 'nobody', namespace: 'shop' } }],
    }),
    changed,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, changed: Set<string>): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'PATCH') {
    const number = /"number":"([^"]+)"/.exec(await text(request))?.[1];
    if (number !== undefined) changed.add(number);
  }
  const body = answers[pathname] ?? { apiVersion: 'v1', kind: 'Status', status: 'Failure', reason: 'NotFound', code: 404, message: 'not found' };
  response.writeHead(pathname in answers ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
