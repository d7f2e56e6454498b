import { issueDetailSchema, issueSchema, planSchema } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { localPerson } from '../gate/actors.ts';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let cluster: MemoryCluster;
let test: TestApp;

beforeEach(async () => {
  cluster = new MemoryCluster();
  cluster.apply(testPod('web', 'shop', 'ImagePullBackOff'));
  cluster.apply(testPod('well', 'shop'));
  test = await testApp([cluster.source]);
});

afterEach(() => test.services.clusters.close());

async function issues(query = '') {
  return z.array(issueSchema).parse((await test.call('GET', `/api/issues${query}`)).body);
}

async function onlyIssue() {
  const [issue] = await issues();
  if (issue === undefined) throw new Error('There is no issue.');
  return issue;
}

describe('issues over HTTP', () => {
  it('are what the diagnosis finds, by namespace, severity and words', async () => {
    const issue = await onlyIssue();
    expect(issue).toMatchObject({ kind: 'Pod', namespace: 'shop', name: 'web' });
    expect(await issues('?namespace=shop&search=web')).toHaveLength(1);
    expect(await issues('?namespace=elsewhere')).toEqual([]);
    expect(await issues('?search=nothing-of-this')).toEqual([]);
    expect(await issues(`?severity=${issue.severity}`)).toHaveLength(1);
  });

  it('go aside when they are dismissed, come back when they are restored', async () => {
    const { id } = await onlyIssue();
    const dismissed = issueDetailSchema.parse((await test.call('POST', `/api/issues/${id}/dismiss`, { reason: 'known' })).body);
    expect(dismissed.dismissed).toMatchObject({ reason: 'known', by: 'local' });
    expect([await issues(), (await issues('?dismissed=true')).length]).toEqual([[], 1]);
    await test.call('POST', `/api/issues/${id}/restore`, {});
    expect(await issues()).toHaveLength(1);
  });

  it('that are unknown are not found', async () => {
    for (const [method, path] of [
      ['GET', '/api/issues/none'],
      ['POST', '/api/issues/none/dismiss'],
      ['POST', '/api/issues/none/restore'],
    ] as const) {
      expect(await test.call(method, path, method === 'POST' ? {} : undefined)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
    expect(await test.call('POST', '/api/plans/codex', { issueId: 'none' })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('have a plan', async () => {
    const { id } = await onlyIssue();
    const { status, body } = await test.call('POST', '/api/plans/codex', { issueId: id });
    expect([status, planSchema.safeParse(body).success]).toEqual([200, true]);
  });

  it('that go away take their dismissal with them', { timeout: 30_000 }, async () => {
    const { id } = await onlyIssue();
    await test.call('POST', `/api/issues/${id}/dismiss`, {});
    const { release } = await test.services.clusters.seenBy({ actor: localPerson }).get(undefined).holdIssues();
    cluster.delete('Pod', 'shop', 'web');
    await vi.waitFor(() => expect(test.services.dismissals.get('memory', id)).toBeUndefined(), { timeout: 25_000 });
    await vi.waitFor(async () => expect((await issues('?state=resolved')).map((issue) => [issue.id, issue.life?.state])).toEqual([[id, 'resolved']]));
    const detail = issueDetailSchema.parse((await test.call('GET', `/api/issues/${id}`)).body);
    expect(detail.history.map(({ state }) => state)).toEqual(['detected', 'dismissed', 'resolved']);
    expect(await issues()).toEqual([]);
    release();
  });
});
