import type { Cell } from '@quarterdeck/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrange } from './arrange.ts';
import { LiveRow } from './live-row.ts';
import { byName, parseRowOrder } from './row-order.ts';

const columns = [
  { id: 'name', label: 'Name', type: 'name' as const },
  { id: 'value', label: 'Value', type: 'text' as const },
];

function row(uid: string, namespace: string, name: string, value: Cell): LiveRow {
  const object = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  return new LiveRow({ uid, object, cells: [name, value], state: 'healthy' }, undefined, undefined);
}

const anyCell = fc.oneof(fc.constant(null), fc.nat(5), fc.constantFrom('a', 'A', 'b-2', 'b-10', 'b-02', ''));
const anyRows = fc
  .array(fc.tuple(fc.constantFrom('x', 'Y', 'y'), fc.constantFrom('p-1', 'p-10', 'P-1', 'p-2'), anyCell), { maxLength: 30 })
  .map((all) => all.map(([namespace, name, value], index) => row(`uid-${index}`, namespace, name, value)));

it('puts rows where comparing each with each would put them', () => {
  fc.assert(
    fc.property(anyRows, fc.constantFrom('value', '-value', 'name', '-name', 'value,-name', '-name,value'), (rows, sort) => {
      const order = parseRowOrder(sort, columns);
      const arranged = order.arrange(byName(rows));
      expect(arranged.map(({ row: { uid } }) => uid)).toEqual(rows.toSorted(order.compare).map(({ row: { uid } }) => uid));
    }),
    { numRuns: 500 },
  );
});

it('keeps the order of rows that have the same key', () => {
  const rows = [row('1', 'x', 'a', 'same'), row('2', 'x', 'b', 'SAME'), row('3', 'x', 'c', 'same')];
  const arranged = arrange(rows, { cell: ({ row: { cells } }) => cells[1] ?? null, key: (each) => each.sortKey(1, 'text'), descending: true });
  expect(arranged.map(({ row: { uid } }) => uid)).toEqual(['1', '2', '3']);
});
