import { AppError, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { TableReader } from '../access/printed-object.ts';
import { chooseProjection } from './choose-projection.ts';

const { signal } = new AbortController();
const now = Date.parse('2026-01-01T00:00:00Z');
const created = '2025-12-31T00:00:00Z';

function kindOf(apiVersion: string, kind: string, plural: string): ResourceKind {
  return { apiVersion, kind, plural, namespaced: true, shortNames: [], group: 'custom', verbs: ['get', 'list', 'watch'] };
}

const widgets = kindOf('shop.example.com/v1', 'Widget', 'widgets');

/** A cluster that has nothing but definitions. */
function clusterWith(definition: object | AppError, recordedAt: string | null = null) {
  return {
    recordedAt,
    async get(_kind: ResourceKind, _namespace: string | null, name: string): Promise<KubeObject> {
      if (definition instanceof AppError) throw definition;
      return Object.assign({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name } }, definition);
    },
  };
}

function widget(rest: object): KubeObject {
  const metadata = { name: 'w', namespace: 'shop', uid: 'u1', resourceVersion: '7', creationTimestamp: created, labels: { app: 'web' } };
  return Object.assign({ apiVersion: 'shop.example.com/v1', kind: 'Widget', metadata }, rest);
}

function version(name: string, additionalPrinterColumns?: object[]) {
  return { name, served: true, storage: true, ...(additionalPrinterColumns === undefined ? {} : { additionalPrinterColumns }) };
}

const columns = [
  { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
  { name: 'Load', type: 'number', jsonPath: '.status.load' },
  { name: 'Last Sync', type: 'date', jsonPath: '.status.syncedAt' },
  { name: 'On', type: 'boolean', jsonPath: '.spec.on' },
  { name: 'Hosts', type: 'string', jsonPath: '.spec.hosts[*]', priority: 1 },
  { name: 'Broken', type: 'string', jsonPath: '.spec[' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

describe('rows of a custom resource', () => {
  it('have the columns of the served version in their types, the wide ones marked', async () => {
    const access = clusterWith({ spec: { versions: [version('v1beta1'), version('v1', columns)] } });
    const projection = await chooseProjection(access, widgets, signal);
    expect(projection.columns.map(({ id, type, wide }) => `${id}:${type}${wide === true ? ':wide' : ''}`)).toEqual([
      'name:name',
      'namespace:text',
      'ready:status',
      'size:number',
      'load:number',
      'lastSync:time',
      'on:text',
      'hosts:text:wide',
      'age:time',
    ]);
    const object = widget({
      spec: { size: 3, on: true, hosts: ['a', 'b'] },
      status: { load: 0.5, syncedAt: created, conditions: [{ type: 'Ready', status: 'False', reason: 'NoDisk' }] },
    });
    const live = projection.project(object, now);
    expect(live.row).toMatchObject({ uid: 'u1', state: 'medium', cells: ['w', 'shop', 'False', 3, 0.5, created, 'true', 'a', created] });
    expect([live.labels, live.resourceVersion, projection.printed]).toEqual([{ app: 'web' }, '7', false]);
    expect(projection.project(widget({ spec: { size: 'three' }, status: { syncedAt: 'soon' } }), now).row.cells).toEqual([
      'w',
      'shop',
      null,
      null,
      null,
      null,
      null,
      null,
      created,
    ]);
  });

  it('have a status of their own and an age where the definition names neither', async () => {
    const access = clusterWith({ spec: { versions: [version('v1', [{ name: 'Name', type: 'string', jsonPath: '.spec.name' }])] } });
    const projection = await chooseProjection(access, widgets, signal);
    expect(projection.columns.map(({ id }) => id)).toEqual(['name', 'namespace', 'status', 'name2', 'age']);
    expect((await chooseProjection(clusterWith({ spec: { versions: [version('v1')] } }), widgets, signal)).columns.map(({ id }) => id)).toEqual([
      'name',
      'namespace',
      'status',
      'age',
    ]);
  });

  it('are printed by the server where the definition may not be read', async () => {
    const projection = await chooseProjection(clusterWith(new AppError('FORBIDDEN', 'no')), widgets, signal);
    expect(projection.printed).toBe(true);
    await expect(chooseProjection(clusterWith(new AppError('CLUSTER_UNREACHABLE', 'away')), widgets, signal)).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
    });
  });

  it('are what they can be in a recording, where nothing prints', async () => {
    const projection = await chooseProjection(clusterWith(new AppError('UNSUPPORTED', 'not recorded'), created), widgets, signal);
    expect([projection.printed, projection.columns.map(({ id }) => id)]).toEqual([false, ['name', 'namespace', 'status', 'age']]);
  });
});

describe('printed rows', () => {
  const columnDefinitions = [
    { name: 'Name', type: 'string', format: 'name', priority: 0 },
    { name: 'Phase', type: 'string', priority: 0 },
    { name: 'CPU', type: 'string', priority: 0 },
    { name: 'Count', type: 'integer', priority: 1 },
    { name: 'Age', type: 'string', priority: 0 },
  ];
  const tableOf = (definitions: object[] | null, name: string) => ({
    kind: 'Table',
    columnDefinitions: definitions,
    rows: [{ cells: [name, 'Bound', '250m', 2, '5d'], object: { metadata: { name, namespace: 'shop', uid: name, creationTimestamp: created } } }],
  });

  it('have the columns that came with the first event of a stream, for all that come after', async () => {
    const projection = await chooseProjection(clusterWith(new AppError('NOT_FOUND', 'none')), kindOf('metrics.k8s.io/v1beta1', 'PodMetrics', 'pods'), signal);
    const reader = new TableReader(widgets);
    const [first, second] = [tableOf(columnDefinitions, 'a'), tableOf(null, 'b')].flatMap((table) => reader.read(table) ?? []);
    if (first === undefined || second === undefined) throw new Error('The tables have no rows.');
    expect(projection.project(first, now).row.cells).toEqual(['a', 'shop', 'Bound', '250m', 2, created]);
    const known = projection.columns;
    expect(known.map(({ id, type, wide }) => `${id}:${type}${wide === true ? ':wide' : ''}`)).toEqual([
      'name:name',
      'namespace:text',
      'phase:status',
      'cpu:text',
      'count:number:wide',
      'age:time',
    ]);
    expect(projection.project(second, now).row.cells[0]).toBe('b');
    expect(projection.columns).toBe(known);
  });

  it('are generic where the server sends whole objects after all', async () => {
    const projection = await chooseProjection(clusterWith(new AppError('FORBIDDEN', 'no')), widgets, signal);
    expect(projection.project(widget({ status: { phase: 'Bound' } }), now).row.cells).toEqual(['w', 'shop', 'Bound', created]);
  });
});
