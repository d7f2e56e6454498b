import { describe, expect, it } from 'vitest';
import type { Column, Row } from '../resources/resource.ts';
import { parseLabelSelector } from './label-selector.ts';
import { parseFilter } from './parse-filter.ts';
import { dependsOnTime, type FilterRow, rowTest } from './row-test.ts';

const now = Date.parse('2026-01-01T12:00:00Z');

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'namespace', label: 'Namespace', type: 'text' },
  { id: 'status', label: 'Status', type: 'status' },
  { id: 'restarts', label: 'Restarts', type: 'number' },
  { id: 'age', label: 'Age', type: 'time' },
  { id: 'node', label: 'Node', type: 'text' },
  { id: 'memory', label: 'Memory', type: 'text' },
];

interface Sample {
  namespace?: string;
  status?: string;
  state?: Row['state'];
  restarts?: number | null;
  minutes?: number;
  node?: string;
  memory?: string | null;
  labels?: Record<string, string>;
}

function sample(name: string, fields: Sample): FilterRow {
  const { namespace = 'shop', status = 'Running', state = 'healthy', restarts = 0, minutes = 60, node = 'n1', memory = null, labels } = fields;
  const cells = [name, namespace, status, restarts, new Date(now - minutes * 60_000).toISOString(), node, memory];
  const object = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  return { row: { uid: name, object, cells, state }, labels, searchText: cells.map((cell) => String(cell ?? '').toLowerCase()).join('\n') };
}

const rows = [
  sample('web-1', {
    status: 'CrashLoopBackOff',
    state: 'critical',
    restarts: 12,
    minutes: 3,
    memory: '1Gi',
    labels: { app: 'web', tier: 'front', weight: '5' },
  }),
  sample('web-10', { namespace: 'shop-data', node: 'n10', memory: '200Mi', labels: { app: 'web' } }),
  sample('db-0', { restarts: null, minutes: 60 * 48, node: 'n2', labels: { app: 'db', old: '' } }),
  sample("it's", { namespace: 'kube-system', status: 'two words' }),
];

function matches(filter: string): string[] {
  const test = rowTest(parseFilter(filter), columns, () => now);
  return rows.filter(test).map(({ row }) => row.uid);
}

describe('a filter', () => {
  it.each([
    ['', ['web-1', 'web-10', 'db-0', "it's"]],
    ['WEB', ['web-1', 'web-10']],
    ['web crash', ['web-1']],
    ['!web', ['db-0', "it's"]],
    ['!', []],
    ['"two words"', ["it's"]],
    ["it's", ["it's"]],
    ['/^web-\\d$/', ['web-1']],
    ['!/^WEB-/ !db', ["it's"]],
    ['/unfinished', []],
    ['ns:shop', ['web-1', 'web-10', 'db-0']],
    ['namespace:data', ['web-10']],
    ['status:run', ['web-10', 'db-0']],
    ['status:critical', ['web-1']],
    ['status:faulty', ['web-1']],
    ['!status:faulty', ['web-10', 'db-0', "it's"]],
    ['status:"two words"', ["it's"]],
    ['name:web !node:n10', ['web-1']],
    ['restarts:1', []],
    ['restarts:12', ['web-1']],
    ['nosuch:thing', []],
    ['age<5m', ['web-1']],
    ['age>1h30m', ['db-0']],
    ['AGE>=60m age<=1d', ['web-10', "it's"]],
    ['restarts>3', ['web-1']],
    ['!restarts>3', ['web-10', 'db-0', "it's"]],
    ['restarts<=0', ['web-10', "it's"]],
    ['memory>=500Mi', ['web-1']],
    ['-f wb1', ['web-1', 'web-10']],
    ['-f w0', ['web-10']],
    ['-l app=web', ['web-1', 'web-10']],
    ['-l app=web,tier!=front web', ['web-10']],
    ['-l app in (db, web),!old', ['web-1', 'web-10']],
    ['-l "app notin (web)" ns:shop', ['db-0']],
    ['!-l app', ["it's"]],
    ['-l old', ['db-0']],
    ['-l weight>4', ['web-1']],
    ['-lapp=web', []],
  ])('%s', (filter, expected) => {
    expect(matches(filter)).toEqual(expected);
  });

  it('says where each term stands', () => {
    const text = '  web !/a b/ -l app=web,tier in (a, b) "x y" age>1h';
    expect(parseFilter(text).terms.map(({ start, end }) => text.slice(start, end))).toEqual(['web', '!/a b/', '-l app=web,tier in (a, b)', '"x y"', 'age>1h']);
  });

  it.each([
    ['web /(/', 4, 7],
    ['"open', 0, 5],
    ['a -l', 4, 4],
    ['-l app==,=', 9, 10],
    ['-f', 0, 2],
    ['age>', 0, 4],
    ['x age>soon', 2, 10],
    ['cpu>1', 0, 5],
    ['restarts>many', 0, 13],
  ])('%s is refused with its place and what to do', (filter, start, end) => {
    expect(() => matches(filter)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', details: { start, end }, hint: expect.stringMatching(/.+/) }));
  });

  it('depends on time only where times are compared', () => {
    expect(['age>1h', '!age<5m', 'restarts>3', 'age:x'].map((text) => dependsOnTime(parseFilter(text), columns))).toEqual([true, true, false, false]);
  });
});

describe('a label selector', () => {
  it('is refused where something is left over', () => {
    expect(() => parseLabelSelector('app=web tier')).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
    expect(parseLabelSelector('app == web, tier notin (a,b)')).toEqual([
      { key: 'app', operator: 'in', values: ['web'] },
      { key: 'tier', operator: 'notIn', values: ['a', 'b'] },
    ]);
  });
});
