import type { Coverage, Row, ServerFrame } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { issue, row } from '../testing/samples.ts';
import { applyIssuesFrame } from './issues-state.ts';
import { applyResourcesFrame } from './resources-state.ts';

const coverage: Coverage = { complete: true, skipped: [] };
const rest = { id: 's1', dismissed: 0, coverage, checkedAt: null };

describe('applyIssuesFrame', () => {
  const snapshot = applyIssuesFrame(null, { type: 'issuesSnapshot', seq: 1, issues: [issue({ id: 'a' }), issue({ id: 'b' })], ...rest });

  it('puts a delta on top and says which issues it touched', () => {
    const after = applyIssuesFrame(snapshot, {
      type: 'issuesDelta',
      seq: 2,
      upserts: [issue({ id: 'c' }), issue({ id: 'b', severity: 'low' })],
      removes: ['a'],
      ...rest,
      checkedAt: '2026-01-01T12:00:00Z',
    });
    expect([...(after?.issues.keys() ?? [])]).toEqual(['b', 'c']);
    expect(after?.issues.get('b')?.severity).toBe('low');
    expect([...(after?.touched ?? [])].sort()).toEqual(['a', 'b', 'c']);
    expect(after?.checkedAt).toBe('2026-01-01T12:00:00Z');
  });

  it('touches what a later snapshot no longer has', () => {
    const after = applyIssuesFrame(snapshot, { type: 'issuesSnapshot', seq: 1, issues: [issue({ id: 'b' })], ...rest });
    expect([...(after?.issues.keys() ?? [])]).toEqual(['b']);
    expect(after?.touched.has('a')).toBe(true);
  });

  it('makes nothing of a delta without a snapshot', () => {
    expect(applyIssuesFrame(null, { type: 'issuesDelta', seq: 1, upserts: [issue()], removes: [], ...rest })).toBeNull();
  });
});

describe('applyResourcesFrame', () => {
  const frame = (rows: Row[]): Extract<ServerFrame, { type: 'resourcesSnapshot' }> => ({
    type: 'resourcesSnapshot',
    id: 's1',
    seq: 1,
    columns: [],
    rows,
    offset: 40,
    total: 100,
    asOf: null,
  });
  const snapshot = applyResourcesFrame(null, frame([row('a', [1]), row('b', [1]), row('c', [1])]));

  it('follows the order of a delta, takes its rows and drops those that left the window', () => {
    const delta = {
      type: 'resourcesDelta',
      id: 's1',
      seq: 2,
      upserts: [row('d', [2]), row('b', [2])],
      order: ['d', 'b', 'a'],
      total: 101,
      asOf: null,
    } as const;
    const after = applyResourcesFrame(snapshot, { ...delta, upserts: [...delta.upserts], order: [...delta.order] });
    expect(after?.order).toEqual(['d', 'b', 'a']);
    expect(after?.rows.get('b')?.cells).toEqual([2]);
    expect(after?.rows.has('c')).toBe(false);
    expect(after).toMatchObject({ total: 101, offset: 40, generation: 1 });
  });

  it('counts snapshots, so that a moved window is told from a change', () => {
    expect(applyResourcesFrame(snapshot, frame([row('z')]))).toMatchObject({ order: ['z'], generation: 2 });
  });
});
