import type { Column } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { cellValues } from './cell-values.ts';
import { LiveRow } from './live-row.ts';

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'status', label: 'Status', type: 'status' },
];

const rows = ['Running', 'Pending', 'Running', 'OrphanRunning', ''].map((status, index) => {
  const object = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: `web-${index}` };
  return new LiveRow(
    { uid: object.name, object, cells: [object.name, status], state: 'healthy' },
    index < 2 ? { app: 'web', tier: 'a' } : { app: 'db' },
    undefined,
  );
});

const valuesOf = (of: string, search = '', limit = 10) => cellValues(rows, columns, { of, search, limit });

it('gives what a column holds, the most frequent first, and what begins with the words before what holds them', () => {
  expect(valuesOf('status')).toEqual({
    values: [
      { value: 'Running', count: 2 },
      { value: 'OrphanRunning', count: 1 },
      { value: 'Pending', count: 1 },
    ],
    more: false,
  });
  expect(valuesOf('status', 'run', 1)).toEqual({ values: [{ value: 'Running', count: 2 }], more: true });
});

it('knows the labels that there are and their values', () => {
  expect(valuesOf('labels').values.map(({ value }) => value)).toEqual(['app', 'tier']);
  expect(valuesOf('label:app').values).toEqual([
    { value: 'db', count: 3 },
    { value: 'web', count: 2 },
  ]);
  expect(valuesOf('label:constructor').values).toEqual([]);
});

it('names the columns there are when one is not', () => {
  expect(() => valuesOf('cpu')).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', hint: 'Columns: name, status.' }));
});
