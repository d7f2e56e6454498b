import { describe, expect, it } from 'vitest';
import { issue, ref } from '../../testing/samples.ts';
import { selectIssues } from './select-issues.ts';

const storage = issue({ id: 'a', namespace: 'shop' });
const quota = issue({
  id: 'b',
  title: 'Quota is used up',
  explanation: 'No memory left.',
  severity: 'medium',
  namespace: 'batch',
  cause: null,
  affected: [],
  detectedAt: '2026-01-01T13:00:00Z',
});
const image = issue({
  id: 'c',
  title: 'Image api:9 does not exist',
  explanation: '',
  severity: 'critical',
  namespace: 'web',
  cause: null,
  affected: [],
  detectedAt: '2026-01-01T14:00:00Z',
});
const node = issue({
  id: 'd',
  title: 'Node is not ready',
  severity: 'high',
  namespace: null,
  cause: ref('Node', 'n1', null),
  affected: [ref('Pod', 'x', 'batch')],
});
const all = [storage, quota, image, node];
const ids = (selection: ReturnType<typeof selectIssues>) => selection.shown.map(({ id }) => id).join('');

describe('selectIssues', () => {
  it('puts the worst first, the newest first among equals, whatever the order of arrival', () => {
    expect(ids(selectIssues(all, [], {}))).toBe('cadb');
    expect(ids(selectIssues(all.toReversed(), [], {}))).toBe('cadb');
    expect(ids(selectIssues(all, [], { sort: '-severity' }))).toBe('bdca');
  });

  it('wants every word, in any field', () => {
    expect(ids(selectIssues(all, [], { q: 'PREMIUM shop' }))).toBe('a');
    expect(ids(selectIssues(all, [], { q: 'premium batch' }))).toBe('');
  });

  it('keeps a cluster-wide cause in the namespaces that suffer from it', () => {
    expect(ids(selectIssues(all, ['batch'], {}))).toBe('db');
  });

  it('counts severities under the other filters, not under itself', () => {
    const selection = selectIssues(all, [], { severity: 'high' });
    expect(ids(selection)).toBe('d');
    expect(selection.counts).toEqual({ critical: 2, high: 1, medium: 1, low: 0 });
  });

  it('keeps the order inside each namespace when it groups', () => {
    expect(ids(selectIssues(all, [], { group: 'namespace', sort: 'title' }))).toBe('dbac');
  });
});
