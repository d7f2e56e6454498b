import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { collectSnapshot, openRecording } from '@quarterdeck/cluster';
import type { IssueDetail } from '@quarterdeck/contract';
import { diagnose, diagnosisKinds, toIssueDetail } from '@quarterdeck/diagnosis';
import { describe, expect, it } from 'vitest';
import { buildContext } from '../context/build-context.ts';
import { defaultContextSettings } from '../context/context-settings.ts';
import { createPrivacy } from '../privacy/create-privacy.ts';
import { literal } from '../privacy/name-book.ts';
import { isWellKnown } from '../privacy/well-known-names.ts';
import type { ContextSource } from '../sources/context-source.ts';
import { createKubernetesSource } from './create-kubernetes-source.ts';

const scenarios = join(import.meta.dirname, '../../../../sandbox/scenarios');
const recorded = globSync('*/recording.qdb.json.gz', { cwd: scenarios })
  .map((file) => dirname(file))
  .sort();
const { signal } = new AbortController();
const hidden = { sendClusterMetadata: false, sendResourceNames: false, sendLogs: true, sendPodNames: false };

async function opened(scenario: string): Promise<{ source: ContextSource; issue: IssueDetail | undefined }> {
  const access = await openRecording(join(scenarios, scenario, 'recording.qdb.json.gz'));
  const snapshot = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces: null, signal });
  const { incidents, coverage, view } = await diagnose({ snapshot, evidence: access.evidence, signal });
  const issues = incidents.map((incident) => toIssueDetail(incident, view));
  const cluster = { id: access.id, access, namespace: null, checked: () => Promise.resolve({ issues, coverage, view, plan: () => null }) };
  return { source: createKubernetesSource({ cluster, tools: [], answer: () => Promise.resolve(null) }), issue: issues[0] };
}

describe.each(recorded.filter((_scenario, index) => index % 4 === 0))('the context of %s', (scenario) => {
  it('begins with the cause, keeps to its budget, and lets no name out where none may leave', async () => {
    const { source, issue } = await opened(scenario);
    const focus = { page: null, namespace: issue?.namespace ?? null, object: null, issueId: issue?.id ?? null };
    const names = await source.names(signal);
    const privacy = createPrivacy({ settings: hidden, names });
    const sections = await source.summarise(focus, signal);
    const countTokens = (text: string) => Math.ceil(text.length / 4);
    const built = buildContext({ sections, intent: 'troubleshoot', settings: defaultContextSettings, privacy, countTokens, mark: 'mark0' });
    expect(built.tokens).toBeLessThanOrEqual(defaultContextSettings.tokens);
    if (issue !== undefined) expect(privacy.open(built.text).split('\n')[1]).toBe(issue.title);
    const told = names.filter(({ name }) => name.length > 2 && !isWellKnown(name) && sections.some(({ text }) => text.includes(name)));
    for (const { name } of told) expect(built.text).not.toMatch(new RegExp(`(?<![A-Za-z\\d])${literal(name)}(?![A-Za-z\\d])`));
  });
});
