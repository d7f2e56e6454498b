import type { IssueDetail } from '@quarterdeck/contract';
import { expect, it, vi } from 'vitest';
import type { FeedHold } from '../clusters/shared-feed.ts';
import type { FrameBody } from './frame-sink.ts';
import { subscribeIssue } from './issue-subscription.ts';

function setUp(found: { issue: IssueDetail | null }) {
  const frames: FrameBody[] = [];
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const release = vi.fn<() => void>();
  const feed: Pick<FeedHold['feed'], 'subscribe'> = { subscribe: listen };
  const board = { find: () => found.issue, checkedAt: () => '2026-01-01T12:00:00Z' };
  const sink = { send: (frame: FrameBody) => void frames.push(frame), fail: () => undefined, congested: () => false };
  const subscription = subscribeIssue({ issue: 'i1', hold: { feed, release }, board, onRecord: [listen] }, sink);
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return { frames, changed, subscription, release, listeners };
}

const detail: IssueDetail = {
  ...{ id: 'i1', title: 'Broken', severity: 'high', kind: 'Pod', namespace: 'shop', name: 'api', detectedAt: '2026-01-01T11:00:00Z', cause: null },
  ...{ explanation: 'Why', mechanism: 'm', confidence: 'certain', evidence: [], affected: [], chains: [], findings: [], changes: [], timeline: [] },
  ...{ history: [], notSeen: [], dismissed: null },
};

it('tells an issue again when anything of it changes, and that it is gone', async () => {
  const found: { issue: IssueDetail | null } = { issue: detail };
  const { frames, changed, subscription, release, listeners } = setUp(found);
  changed();
  found.issue = { ...detail, dismissed: { reason: 'known', at: '2026-01-01T12:00:00Z', by: 'ada' } };
  await vi.waitFor(() => {
    changed();
    expect(frames).toHaveLength(2);
  });
  found.issue = null;
  await vi.waitFor(() => {
    changed();
    expect(frames.map((frame) => frame.type === 'issueSnapshot' && frame.issue?.dismissed?.reason)).toEqual([undefined, 'known', undefined]);
  });
  subscription.close();
  expect(release).toHaveBeenCalledOnce();
  expect(listeners.size).toBe(0);
});
