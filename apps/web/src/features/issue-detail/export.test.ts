import { type PlanStep, planMarkdown, planShell } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { chainNode, evidence, issue, plan } from '../../testing/samples.ts';
import { issueMarkdown } from './issue-markdown.ts';
import { markValue } from './mark-value.ts';
import { spreadRows } from './spread-rows.ts';
import { onsetIn, timelineWindow } from './timeline-parts.ts';
import { keyedNodes } from './use-chain-keys.ts';
import { foldIssue } from './use-issue.ts';

const step = (change: Partial<PlanStep>): PlanStep => ({
  stepId: 's1',
  description: 'Look at the claim',
  kubectl: 'kubectl -n shop get pvc redis-data',
  validation: 'It says Pending.',
  rollback: null,
  impact: 'none',
  ...change,
});

describe('planShell', () => {
  const script = planShell(
    issue({ title: 'Broken\nrm -rf /' }),
    plan([
      step({}),
      step({ description: 'Delete\nthe claim', kubectl: 'kubectl -n shop delete pvc redis-data', impact: 'high', rollback: 'Create it\r\nagain' }),
      step({ kubectl: null }),
    ]),
  );
  const lines = script.split('\n').filter((line) => line !== '');

  it('runs only what is a command of the plan and not of high impact', () => {
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual(['set -eu', 'kubectl -n shop get pvc redis-data']);
  });

  it('keeps the rest readable as comments, in order', () => {
    expect(script).toContain('# kubectl -n shop delete pvc redis-data');
    expect(script).toContain('# Undo: Create it\n# again');
    expect(script.indexOf('# 1. ')).toBeLessThan(script.indexOf('# 2. '));
    expect(lines[0]).toBe('#!/bin/sh');
  });
});

describe('issueMarkdown', () => {
  it('says cause, way, evidence and plan, and leaves out what there is none of', () => {
    const chain = [
      chainNode('StorageClass', 'premium-rwo', { state: 'missing', stateText: 'missing' }),
      chainNode('Pod', 'redis-0', { relation: 'mounts', relationDetail: 'data' }),
    ];
    const pieces = [evidence('storageclass "premium-rwo"\nnot found', { decisive: true, at: '2026-01-01T12:00:00Z' })];
    const text = issueMarkdown(issue({ chains: [chain], evidence: pieces }), plan([step({})]));
    expect(text).toContain('# StorageClass premium-rwo does not exist');
    expect(text).toContain('- StorageClass shop/premium-rwo (missing) ← mounts data — Pod shop/redis-0 (Pending)');
    expect(text).toContain('- **decisive** event, PersistentVolumeClaim shop/redis-data: storageclass "premium-rwo" not found (2026-01-01T12:00:00Z)');
    expect(text).toContain('1. Look at the claim (impact: none)');
    expect(text).not.toContain('What changed before');
  });

  it('fences a command so that it can’t end the block', () => {
    expect(planMarkdown(plan([step({ kubectl: 'kubectl annotate pod a note="```"' })]))).toContain('   ````sh\n   kubectl annotate');
  });
});

describe('markValue', () => {
  it('finds the value as a word before it settles for a part of one', () => {
    expect(markValue('port 80801 is not 8080', '8080')).toEqual({ before: 'port 80801 is not ', value: '8080', after: '' });
    expect(markValue('exit code 127.', '127')).toEqual({ before: 'exit code ', value: '127', after: '.' });
    expect(markValue('key a+b(c', 'a+b(c')?.before).toBe('key ');
    expect(markValue('nothing here', 'x9')).toBeNull();
    expect(markValue('all of it', 'all of it')).toBeNull();
  });
});

describe('spreadRows', () => {
  it('draws a shared beginning once and branches off where chains part', () => {
    const [cause, redis, api, web, worker] = ['pvc', 'redis', 'api', 'web', 'worker'].map((name) => chainNode('Pod', name));
    if (!cause || !redis || !api || !web || !worker) throw new Error('Samples are missing.');
    const rows = spreadRows([
      [cause, redis, api, web],
      [cause, redis, worker],
      [cause, redis],
    ]);
    expect(rows.map((row) => [row.from?.object.name ?? null, row.nodes.map((node) => node.object.name)])).toEqual([
      [null, ['pvc', 'redis', 'api', 'web']],
      ['redis', ['worker']],
    ]);
  });
});

describe('an issue that goes away', () => {
  const life = (state: 'open' | 'resolved', since: string) => ({ life: { state, firstSeenAt: since, since, recurrences: 0, note: null } });
  const chains = [[chainNode('Pod', 'api')]];
  const open = foldIssue(null, { issue: issue({ chains, ...life('open', '2026-01-01T12:00:00Z') }), checkedAt: '2026-01-01T12:00:01Z' });

  it('keeps how it stood, with its end, and is itself again when it comes back', () => {
    const over = foldIssue(open, { issue: issue(life('resolved', '2026-01-01T12:05:00Z')), checkedAt: '2026-01-01T12:05:01Z' });
    expect(over).toMatchObject({ goneSince: '2026-01-01T12:05:00Z', issue: { chains, life: { state: 'resolved' } } });
    const back = foldIssue(over, { issue: issue(life('open', '2026-01-01T13:00:00Z')), checkedAt: '2026-01-01T13:00:01Z' });
    expect(back).toMatchObject({ goneSince: null, issue: { chains: [] } });
  });

  it('is gone since the first check that did not find it', () => {
    const gone = foldIssue(open, { issue: null, checkedAt: '2026-01-01T12:01:00Z' });
    expect(foldIssue(gone, { issue: null, checkedAt: '2026-01-01T12:02:00Z' })).toMatchObject({ goneSince: '2026-01-01T12:01:00Z', issue: { chains } });
  });
});

it('marks where it broke between what came before and what came after', () => {
  const at = (...times: string[]) => times.map((time) => ({ at: `2026-01-01T${time}:00.000Z` }));
  expect(onsetIn(at('11:00', '12:00', '12:01'), '2026-01-01T12:00:00Z')).toBe(2);
  expect(onsetIn(at('11:00'), '2026-01-01T12:00:00Z')).toBe(1);
  const hours = Array.from({ length: 40 }, (_, minute) => ({ at: `2026-01-01T12:${String(minute + 10)}:00.000Z` }));
  expect(timelineWindow(hours, '2026-01-01T12:29:00Z', { earlier: false, later: false })).toEqual({ from: 14, to: 32 });
  expect(timelineWindow(hours, '2026-01-01T12:29:00Z', { earlier: true, later: true })).toEqual({ from: 0, to: 40 });
});

it('gives a key to each object that is there, once', () => {
  const [missing, claim, api] = [chainNode('StorageClass', 'x', { exists: false }), chainNode('Pod', 'claim'), chainNode('Pod', 'api')];
  expect(
    keyedNodes([
      [missing, claim, api],
      [missing, claim],
    ]).map(({ object }) => object.name),
  ).toEqual(['claim', 'api']);
});
