import { describe, expect, it } from 'vitest';
import { issue as sample } from '../../testing/samples.ts';
import { newIssues } from './new-issues.ts';

const issue = (id: string, severity: 'critical' | 'high' | 'low' = 'high') => sample({ id, severity });

describe('what somebody is told of new issues', () => {
  it('is nothing of those that were there first, then each once', () => {
    const first = newIssues(null, { cluster: 'a', issues: [issue('1')] }, 'high');
    expect(first.fresh).toEqual([]);
    const second = newIssues(first.known, { cluster: 'a', issues: [issue('1'), issue('2'), issue('3', 'critical'), issue('4', 'low')] }, 'high');
    expect(second.fresh.map(({ id }) => id)).toEqual(['3', '2']);
    const gone = newIssues(second.known, { cluster: 'a', issues: [] }, 'high');
    expect(newIssues(gone.known, { cluster: 'a', issues: [issue('2')] }, 'high').fresh).toEqual([]);
  });

  it('begins anew with another cluster', () => {
    const { known } = newIssues(null, { cluster: 'a', issues: [] }, 'low');
    expect(newIssues(known, { cluster: 'b', issues: [issue('9')] }, 'low').fresh).toEqual([]);
  });
});
