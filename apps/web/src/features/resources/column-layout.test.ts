import type { Column } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { chosenColumns, labelsIn, moved, ownColumns, parseColumns, shifted } from './column-layout.ts';

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'namespace', label: 'Namespace', type: 'text' },
  { id: 'status', label: 'Status', type: 'status' },
  { id: 'gates', label: 'Gates', type: 'text', wide: true },
  { id: 'label:app', label: 'app', type: 'text' },
];

const ids = (chosen: readonly Column[]) => chosen.map(({ id }) => id).join(' ');

describe('columns', () => {
  it("are the kind's own until somebody chooses: no wide ones, no namespace where there is one", () => {
    expect(ownColumns(columns, false)).toEqual(['name', 'namespace', 'status']);
    expect(ownColumns(columns, true)).toEqual(['name', 'status']);
  });

  it('come as they are asked for, the name always first, and none that is not there or twice', () => {
    expect(ids(chosenColumns(columns, ['status', 'label:app', 'nosuch', 'status', 'gates']))).toBe('name status label:app gates');
    expect(parseColumns('name,,label:app')).toEqual(['name', 'label:app']);
    expect(parseColumns('')).toBeUndefined();
    expect(labelsIn(['name', 'label:app.kubernetes.io/name', 'status'])).toEqual(['app.kubernetes.io/name']);
  });

  it('move in front of another, to the end, or one place; never in front of the name by a step', () => {
    const all = ['name', 'a', 'b', 'c'];
    expect(moved(all, 'c', 'a')).toEqual(['name', 'c', 'a', 'b']);
    expect(moved(all, 'a', null)).toEqual(['name', 'b', 'c', 'a']);
    expect(moved(all, 'a', 'nosuch')).toEqual(all);
    expect(shifted(all, 'b', -1)).toEqual(['name', 'b', 'a', 'c']);
    expect([shifted(all, 'a', -1), shifted(all, 'c', 1), shifted(all, 'name', 1)]).toEqual([all, all, all]);
  });
});
