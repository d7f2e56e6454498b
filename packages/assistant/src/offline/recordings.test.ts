import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { collectSnapshot, openRecording } from '@quarterdeck/cluster';
import { diagnose, diagnosisKinds, planFor, toIssueDetail } from '@quarterdeck/diagnosis';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { Focus } from '../sources/context-source.ts';
import { kubernetesTools } from '../tools/kubernetes-tools.ts';
import { createOffline } from './create-offline.ts';

const scenarios = join(import.meta.dirname, '../../../../sandbox/scenarios');
const { signal } = new AbortController();

const objectSchema = z.object({ kind: z.string(), name: z.string() });
const truthSchema = z.object({
  id: z.string(),
  healthy: z.boolean(),
  rootCauseObject: objectSchema.nullable(),
  rootCauseAlternatives: z.array(objectSchema),
  additionalRootCauses: z.array(objectSchema),
  rootCauseKeywords: z.array(z.string()),
  expectedIssues: z.array(objectSchema),
});
const truths = globSync('*/recording.qdb.json.gz', { cwd: scenarios })
  .map((file) => truthSchema.parse(JSON.parse(readFileSync(join(scenarios, dirname(file), 'truth.json'), 'utf8'))))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

/** A recording as one person may ask it, looked at once. */
async function asked(scenario: string): Promise<AskedCluster> {
  const access = await openRecording(join(scenarios, scenario, 'recording.qdb.json.gz'));
  const snapshot = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces: null, signal });
  const { incidents, coverage, view } = await diagnose({ snapshot, evidence: access.evidence, signal });
  const plan = incidents.map((incident) => [incident.id, incident] as const);
  const byId = new Map(plan);
  const checked = {
    ...{ issues: incidents.map((incident) => toIssueDetail(incident, view)), coverage, view },
    plan: ({ issueId, userContext, horizon }: { issueId: string; userContext: string; horizon: 'short' | 'long' }) => {
      const incident = byId.get(issueId);
      return incident === undefined ? null : planFor(incident, view, { userContext, horizon });
    },
  };
  return { id: access.id, access, namespace: null, checked: async () => checked };
}

async function ask(cluster: AskedCluster, question: string, focus: Focus): Promise<{ text: string; focus: Focus }> {
  const told = { text: '', focus };
  const answer = await createOffline({ cluster, tools: kubernetesTools(cluster) }).answer(question, focus, signal);
  for await (const event of answer ?? []) {
    if (event.type === 'text') told.text += event.text;
    if (event.type === 'focus') told.focus = event.focus;
  }
  return told;
}

const causesIn = (text: string) => [...text.matchAll(/\*\*Cause:\*\* `(\S+) (?:[^/`]+\/)?([^`]+)`/g)].map(([, kind = '', name = '']) => ({ kind, name }));
const names = (causes: readonly z.infer<typeof objectSchema>[], wanted: z.infer<typeof objectSchema>) =>
  causes.some(({ kind, name }) => wanted.kind.startsWith(kind) && (wanted.name === '*' || wanted.name === name));

describe.each(truths.filter(({ healthy }) => !healthy).map((truth) => [truth.id, truth] as const))('%s', (id, truth) => {
  const symptoms = truth.additionalRootCauses.length > 0 ? truth.expectedIssues : truth.expectedIssues.slice(0, 1);

  it('"why is … failing" names the cause, and a plan follows', async () => {
    const cluster = await asked(id);
    const focus: Focus = { page: null, namespace: id, object: null, issueId: null };
    const answers = [];
    for (const { kind, name } of symptoms) answers.push(await ask(cluster, `why is ${kind.toLowerCase()} ${name} failing`, focus));
    const text = answers.map((answer) => answer.text).join('\n');
    const causes = causesIn(text);
    expect(
      [truth.rootCauseObject ?? { kind: '', name: '' }, ...truth.rootCauseAlternatives].some((wanted) => names(causes, wanted)),
      JSON.stringify(causes),
    ).toBe(true);
    for (const wanted of truth.additionalRootCauses) expect(names(causes, wanted), `${wanted.name} in ${JSON.stringify(causes)}`).toBe(true);
    for (const word of truth.rootCauseKeywords) expect(text).toMatch(new RegExp(word, 'i'));
    expect((await ask(cluster, 'how do I fix it?', answers[0]?.focus ?? focus)).text).toContain('## Plan');
    await cluster.access.close();
  });
});

describe.each(truths.filter(({ healthy }) => healthy).map(({ id }) => id))('%s', (id) => {
  it('has nothing that is broken', async () => {
    const cluster = await asked(id);
    const { text } = await ask(cluster, 'what is broken', { page: null, namespace: id, object: null, issueId: null });
    // What is low is told and wakes nobody.
    expect(text).not.toMatch(/\*\*(?:critical|high|medium)\*\*/);
    await cluster.access.close();
  });
});
