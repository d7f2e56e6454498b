import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { findKind } from '../discovery/find-kind.ts';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';
import { secret } from '../testing/fake-responses.ts';
import { sandboxContext } from '../testing/sandbox-context.ts';
import { sendObject } from '../testing/send-object.ts';
import { WatchHub } from '../watch/watch-hub.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `rows-${process.pid}`;
const group = `rows-${process.pid}.example.com`;
const { signal } = new AbortController();

const definition = {
  metadata: { name: `gauges.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { kind: 'Gauge', plural: 'gauges', singular: 'gauge' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        additionalPrinterColumns: [
          { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
          { name: 'Level', type: 'integer', jsonPath: '.spec.level' },
        ],
      },
    ],
  },
};

describe.skipIf(kubeconfig === undefined)('rows of the sandbox cluster', () => {
  let connection: ConnectionSettings;
  let access: ClusterAccess;
  let hub: WatchHub;
  const pagesOf: string[] = [];
  const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => sendObject(connection, method, path, body);
  const gauges = `/apis/${group}/v1/namespaces/${namespace}/gauges`;
  const secrets = `/api/v1/namespaces/${namespace}/secrets`;

  beforeAll(async () => {
    connection = await (await sandboxContext()).connection();
    expect(await send('POST', '/api/v1/namespaces', { metadata: { name: namespace } })).toBe(201);
    expect(await send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition)).toBe(201);
    const gauge = { apiVersion: `${group}/v1`, kind: 'Gauge', metadata: { name: 'oil' }, spec: { level: 3 } };
    await vi.waitFor(async () => expect(await send('POST', gauges, gauge)).toBe(201), { timeout: 20_000, interval: 500 });
    expect(await send('POST', secrets, secret(namespace, 'login', { password: 'geheim' }))).toBe(201);
    access = await openCluster(await sandboxContext());
    const list: ClusterAccess['list'] = (kind, options) => {
      pagesOf.push(kind.plural);
      return access.list(kind, options);
    };
    const { recordedAt } = access;
    const watchList = access.watchList?.bind(access);
    if (watchList === undefined) throw new Error('This access streams no lists.');
    hub = new WatchHub({ recordedAt, list, watchList, get: access.get.bind(access), watch: access.watch.bind(access) });
  });
  afterAll(async () => {
    await hub?.close();
    await access?.close();
    await send('DELETE', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gauges.${group}`);
    await send('DELETE', `/api/v1/namespaces/${namespace}`);
  });

  async function rowsOf(kind: string) {
    const rows = await hub.openRows(findKind(await access.kinds(signal), kind), [namespace]);
    await vi.waitFor(() => expect(rows.reading).toBe(false), 20_000);
    const cells = () => rows.rows().map(({ row }) => Object.fromEntries(rows.columns.map(({ id }, index) => [id, row.cells[index] ?? null])));
    return { rows, cells };
  }

  it('of a custom resource have the columns of its definition', async () => {
    const { cells } = await rowsOf(`Gauge.${group}`);
    expect(cells()).toEqual([{ name: 'oil', namespace, ready: null, level: 3, age: expect.stringMatching(/^20/) }]);
  });

  it('are streamed, and followed, Secrets as tables', async () => {
    const { cells, rows } = await rowsOf('secrets');
    expect(cells()).toContainEqual(expect.objectContaining({ name: 'login', type: 'Opaque' }));
    expect(await send('POST', secrets, secret(namespace, 'later', { key: 'x' }, 'example.com/mine'))).toBe(201);
    await vi.waitFor(() => expect(cells()).toContainEqual(expect.objectContaining({ name: 'later', type: 'example.com/mine' })), 5000);
    expect(await send('DELETE', `${secrets}/later`)).toBe(200);
    await vi.waitFor(() => expect(rows.size).toBe(1), 5000);
    expect(pagesOf).toEqual([]);
  });

  it('are what the server prints where nobody else knows the kind', async () => {
    const { rows, cells } = await rowsOf('apiservices');
    expect(rows.columns.map(({ id }) => id)).toEqual(['name', 'service', 'available', 'age']);
    expect(cells()).toContainEqual(expect.objectContaining({ name: 'v1.apps', service: 'Local', available: 'True' }));
  });
});
