import type { Column, Row } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { ref } from '../../testing/samples.ts';
import { runsOf } from './run-of.ts';

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'status', label: 'Status', type: 'status' },
  { id: 'started', label: 'Started', type: 'time' },
];
const job = (name: string, started: string | null): Row => ({
  uid: name,
  object: ref('Job', name, 'shop', 'batch/v1'),
  cells: [name, 'Complete', started],
  state: 'healthy',
});

it('takes the Jobs of the CronJob alone, the latest first, and tells who started them', () => {
  const rows = [
    job('backup-29000001', '2026-01-01T03:00:00Z'),
    job('other-1', '2026-01-03T03:00:00Z'),
    job('backup-manual-ab', '2026-01-02T03:00:00Z'),
    job('backup-29000002', null),
  ];
  const runs = runsOf(columns, rows, new Set(['backup-29000001', 'backup-manual-ab', 'backup-29000002']), 'backup');
  expect(runs.map(({ object, byHand }) => `${object.name} ${byHand}`)).toEqual(['backup-29000002 false', 'backup-manual-ab true', 'backup-29000001 false']);
  expect(runs[1]).toMatchObject({ stateText: 'Complete', completed: null, completions: '' });
});
