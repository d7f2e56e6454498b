import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertRuleInputSchema, type Issue, type StoredAlertRule } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { openAlertRules } from './alert-rules.ts';
import { eventAlert, issueMatches } from './rule-matches.ts';

const now = Date.parse('2026-05-04T12:00:00Z');
const input = (change: object = {}) => alertRuleInputSchema.parse({ name: 'r', when: { on: 'issue' }, ...change });

function rule(when: object): StoredAlertRule {
  return { ...input({ when }), id: 'r', createdAt: '', createdBy: 'me' };
}

describe('the rules of a state directory', () => {
  it('lose nothing when they are changed at the same time, here and beside', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    const [one, other] = [openAlertRules(directory), openAlertRules(directory)];
    await Promise.all(Array.from({ length: 20 }, (_, i) => one.add(input({ name: `n${i}` }), 'me')));
    await other.remove((await other.list())[0]?.id ?? '');
    expect((await one.list()).map(({ name }) => name)).toEqual(Array.from({ length: 19 }, (_, i) => `n${i + 1}`));
    expect((await stat(join(directory, 'alert-rules.json'))).mode & 0o777).toBe(0o600);
  });

  it('say that their file is broken, and leave it', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    await writeFile(join(directory, 'alert-rules.json'), '{');
    const rules = openAlertRules(directory);
    await expect(rules.list()).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    await expect(rules.add(input(), 'me')).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
  });
});

const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' };
const issue: Issue = {
  ...{ id: 'a', title: 't', severity: 'medium', kind: 'Deployment', namespace: 'shop', name: 'api', detectedAt: '', cause: object },
  ...{ explanation: 'e', mechanism: 'image-unavailable', confidence: 'certain', evidence: [], affected: [{ ...object, namespace: 'front' }] },
};

it.each([
  [{}, 'detected', true],
  [{}, 'resolved', false],
  [{ states: ['resolved'] }, 'resolved', true],
  [{ severity: 'high' }, 'detected', false],
  [{ severity: 'medium' }, 'detected', true],
  [{ namespaces: ['other'] }, 'detected', false],
  [{ namespaces: ['front'] }, 'detected', true],
  [{ mechanisms: ['oom'] }, 'detected', false],
] as const)('an issue and the rule %j, %s: %s', (when, state, expected) => {
  expect(issueMatches(rule({ on: 'issue', ...when }), { issue, state, what: '' })).toBe(expected);
  expect(issueMatches({ ...rule({ on: 'issue', ...when }), enabled: false }, { issue, state, what: '' })).toBe(false);
});

it.each([
  [{}, true],
  [{ reason: '^Back' }, true],
  [{ reason: '^Kill' }, false],
  [{ message: 'restarting' }, true],
  [{ atLeast: 8 }, false],
  [{ type: 'Normal' }, false],
  [{ type: 'any' }, true],
  [{ namespaces: ['other'] }, false],
  [{ withinMinutes: 1 }, false],
])('events and the rule %j: %s', (when, expected) => {
  const times = { firstAt: '2026-05-04T11:00:00Z', lastAt: '2026-05-04T11:57:00Z' };
  const group = { id: 'g', type: 'Warning', reason: 'BackOff', object: { ...object, kind: 'Pod' }, message: 'restarting', count: 7, source: '', ...times };
  expect(eventAlert(rule({ on: 'event', ...when }), 'c', group, now) !== null).toBe(expected);
});
