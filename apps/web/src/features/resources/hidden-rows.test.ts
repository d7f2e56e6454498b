import type { Column, Row } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { countHidden } from './hidden-rows.ts';

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'status', label: 'Status', type: 'status' },
];
const row = (name: string, namespace: string, status: string): Row => ({
  uid: name,
  object: { apiVersion: 'v1', kind: 'Pod', namespace, name },
  cells: [name, status],
  state: 'healthy',
});
const rows = new Map([row('a', 'shop', 'Running'), row('b', 'shop', 'Pending'), row('c', 'other', 'Running')].map((each) => [each.uid, each]));
const hidden = (filter: string, namespaces: string[], all: ReadonlySet<string> | null = null) =>
  countHidden(rows, { filter, namespaces, columns, all }, () => 0);

it('counts what the filter or the namespaces leave out, not what is scrolled away', () => {
  expect([hidden('', []), hidden('status:run', []), hidden('run', ['shop']), hidden('', ['shop'])]).toEqual([0, 1, 2, 1]);
});

it('goes by the list itself where the tab holds all of it, and says nothing where only the server knows', () => {
  expect(hidden('-l app=web', [], new Set(['a']))).toBe(2);
  expect(hidden('-l app=web', [])).toBeNull();
});
