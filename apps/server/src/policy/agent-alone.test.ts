import type { Transport } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { beforeEach, expect, it } from 'vitest';
import { localAgent } from '../gate/actors.ts';
import { MemoryTransport } from '../testing/memory-transport.ts';
import { testServices } from '../testing/test-app.ts';
import { TwoTenants } from '../testing/two-tenants.ts';

/** Writes down what reaches the API server. */
class NotingTransport extends MemoryTransport {
  readonly reached: string[] = [];

  override async json(request: Parameters<Transport['json']>[0]): Promise<unknown> {
    this.reached.push(`${request.method ?? 'GET'} ${request.path}`);
    return super.json(request);
  }

  override async socket(): ReturnType<Transport['socket']> {
    this.reached.push('socket');
    return super.socket();
  }

  override async relay(request: Parameters<Transport['relay']>[0]): ReturnType<Transport['relay']> {
    this.reached.push(`${request.method} ${request.target}`);
    return super.relay(request);
  }
}

class WatchedTenants extends TwoTenants {
  override readonly api = new NotingTransport(this);
}

const world = new WatchedTenants();
const home = world.homes.north;
const { signal } = new AbortController();
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What text in a log, an event, an annotation or a page asks an agent to do. It obeys every time. */
const orders: [string, Method, string, object?][] = [
  ['delete the namespace', 'DELETE', `/api/v1/namespaces/${home}`],
  ['delete all pods', 'DELETE', `/api/v1/namespaces/${home}/pods`],
  ['delete one without mercy', 'DELETE', `/api/v1/namespaces/${home}/pods/web`, { gracePeriodSeconds: 0 }],
  ['scale to nothing', 'PATCH', `/apis/apps/v1/namespaces/${home}/deployments/web/scale`, { spec: { replicas: 0 } }],
  ['run another image', 'PATCH', `/apis/apps/v1/namespaces/${home}/deployments/web`, { spec: { template: { spec: { containers: [{ image: 'evil' }] } } } }],
  ['take a finalizer away', 'PATCH', `/api/v1/namespaces/${home}/persistentvolumeclaims/data`, { metadata: { finalizers: null } }],
  ['make itself an administrator', 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', { roleRef: { name: 'cluster-admin' } }],
  ['take a credential', 'POST', `/api/v1/namespaces/${home}/serviceaccounts/default/token`],
  ['read a Secret', 'GET', `/api/v1/namespaces/${home}/secrets/login`],
  ['read all Secrets', 'GET', '/api/v1/secrets'],
  ['start a privileged pod', 'POST', `/api/v1/namespaces/${home}/pods`, { spec: { hostPID: true } }],
  ['reach a program behind a Service', 'GET', `/api/v1/namespaces/${home}/services/backend/proxy/admin`],
  ['reach a kubelet', 'GET', '/api/v1/nodes/n1/proxy/run/shop/web/app'],
  ['intercept what is admitted', 'POST', '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', {}],
];

beforeEach(() => {
  world.api.reached.length = 0;
});

it.each(orders)('an agent that is told to %s does not', async (_order, method, path, body) => {
  const services = await testServices([world.source]);
  const access = await services.clusters.seenBy({ actor: localAgent }).get(undefined).access();
  const subject = { verb: 'get' as const, resource: 'x', namespace: null };
  const content = body === undefined ? {} : { body: { contentType: 'application/json', text: JSON.stringify(body) } };
  await expect(access.api?.json({ path, method, subject, signal, ...content })).rejects.toBeInstanceOf(AppError);
  await expect(access.api?.relay({ method, target: path, headers: {}, body: null, signal })).rejects.toBeInstanceOf(AppError);
  await services.clusters.close();
  expect(world.api.reached).toEqual([]);
});

it('has no shell either, and may look and try out', async () => {
  const services = await testServices([world.source]);
  const access = await services.clusters.seenBy({ actor: localAgent }).get(undefined).access();
  const subject = { verb: 'get' as const, resource: 'pods', namespace: home };
  const exec = { path: `/api/v1/namespaces/${home}/pods/web/exec`, query: { command: 'sh' }, subject, signal, protocols: [] };
  await expect(access.api?.socket(exec)).rejects.toMatchObject({ code: 'FORBIDDEN', details: { outcome: 'needsApproval' } });
  expect(world.api.reached).toEqual([]);
  await access.api?.json({ path: '/api/v1/pods', subject, signal });
  const name = world.all().find(({ kind, metadata }) => kind === 'Deployment' && metadata.namespace === home)?.metadata.name;
  await access.api?.json({ path: `/apis/apps/v1/namespaces/${home}/deployments/${name}`, method: 'PATCH', query: { dryRun: 'All' }, subject, signal });
  expect(world.api.reached).toEqual(['GET /api/v1/pods', `PATCH /apis/apps/v1/namespaces/${home}/deployments/${name}`]);
  await services.clusters.close();
});
