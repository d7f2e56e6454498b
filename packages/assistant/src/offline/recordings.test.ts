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

/** What must be said, and what must not. */
const onCall: Readonly<Record<string, readonly (readonly [string, RegExp, RegExp?])[]>> = {
  'cascade-three-tier-pvc': [
    ['what depends on redis', /Deployment cascade-three-tier-pvc\/api` calls it through/, /FieldManager|contains/],
    ['is anything wrong with the nodes', /\| quarterdeck-dev \|[\s\S]*No issue that I can see touches a Node/],
    ['which pods are not ready and why', /\| web-[\s\S]*worst first:[\s\S]*premium-rwo/, /coredns/],
    ['is the api server ok', /The API server answered[\s\S]*All nodes are ready/, /Deployment|\| quarterdeck-dev \|/],
    ['how many pods are not running', /^\*\*2\*\* Pods/, /\| web-/],
    ['pods in namespace nonexistent', /There is no namespace `nonexistent`/, /\*\*0\*\*/],
    ['pods not in kube-system', /^\*\*4\*\* Pods/, /coredns/],
    ['how many restarts', /3 restarts altogether/],
    ['what is the oldest pod', /\| coredns-\S+ \|[\s\S]*\| api-/],
    ['what broke and when did it start', /Since about `2026-11-21T19:30[\s\S]*Changed before/],
    ['roll it back', /Nothing is done[\s\S]*rollout undo deployment\/api[\s\S]*Danger: may interrupt/],
    ['delete the redis pvc', /Nothing is done[\s\S]*kubectl delete persistentvolumeclaim redis-data[\s\S]*Danger: destroys/, /delete deployment/],
    ['what image does it run', /local\/python:1/],
    ['how long has the api been broken', /Since about/],
    ['what is a PersistentVolumeClaim', /asks for as storage/, /can't be read/],
  ],
  'change-config-cascade': [
    ['compare the configmap before and after', /cache-conf[\s\S]*keeps no earlier content/],
    ['who changed the config map', /kubectl-client-side-apply[\s\S]*redis\.conf/, /Service/],
    ['show yaml of the configmap', /maxmemory-polcy/, /extension-apiserver/],
  ],
  'tls-cert-expired': [
    ['when does the certificate expire', /2025-03-01[\s\S]*expired 631 days ago/, /certificate-controller/],
    ['how do i renew the certificate', /kubectl create secret tls/],
    ['show me the secret value of tls', /Values of Secrets are never part of an answer/, /\*\*0\*\*/],
    ['why https does not work', /expired on 2025-03-01/, /nothing called/],
  ],
  'res-oomkilled': [
    ['what is the memory limit of the deployment', /\| resizer \| 10m \| 32Mi \| 64Mi \|/],
    ['how much memory should i give it', /killed at its memory limit/],
    ['which container was killed', /image-resizer-/, /coredns/],
    ['how many times did it restart', /3 restarts altogether/],
    ['restart the deployment', /rollout restart deployment\/image-resizer/],
  ],
  'svc-selector-mismatch': [
    ['which service has no endpoints', /Selector of Service catalog matches no pod/, /can't select/],
    ['what does the service select', /Selector of Service catalog matches no pod/],
    ['are the services ok', /Selector of Service catalog matches no pod/, /No Service is in trouble/],
  ],
  'rollout-bad-image': [
    ['which image is wrong', /local\/nginx:2/],
    ['what image was it before', /local\/nginx:1/],
    ['is the rollout stuck', /cannot be pulled/],
    ['since when is the rollout stuck', /Since about/],
    ['how many replicas are ready', /\| web \| rollout-bad-image \| 2\/2/, /No workload/],
    ['roll back the deployment', /rollout undo deployment\/web/],
  ],
  'quota-exceeded': [
    ['is the quota full', /ResourceQuota quota-exceeded\/team-quota/, /Namespace quota-exceeded/],
    ['why are there no pods', /quota/, /kube-root/],
    ['delete the quota', /Nothing is done[\s\S]*delete resourcequota team-quota/, /delete namespace/],
  ],
  'ing-paths-swapped': [
    ['which ingress is wrong', /routes storefront\.example\.test\/reviews to Service ratings/],
    ['where does the ingress point to', /routes `Service ing-paths-swapped\/accounts`/],
    ['why does the page not load', /Service ratings/, /nothing called/],
  ],
  'job-backoff-limit': [
    ['why did the job fail', /Service orders-db does not exist/],
    ['when did the job fail', /Since about/],
  ],
  'pvc-storageclass-missing': [
    ['who created the pvc', /kubectl-client-side-apply[^\n]*: created/],
    ['delete the pvc', /Nothing is done[\s\S]*delete persistentvolumeclaim orders-data/],
  ],
  'healthy-web': [
    ['what broke and when did it start', /^Nothing is broken now/],
    ['why is it slow', /^Nothing is broken/],
    ['roll it back', /Nothing is done[\s\S]*rollout undo/],
  ],
  'hpa-two-autoscalers': [['why does it scale up and down', /both scale Deployment checkout/]],
  'configmap-deleted-in-use': [
    ['who deleted the configmap', /only an audit log[\s\S]*does not exist/, /could not find/],
    ['which configmap is missing', /pricing-settings is gone/],
    ['is the configmap there', /does not exist/],
    ['why is the pod not starting', /pricing-settings/, /Which pod/],
    ['what is the worst problem', /pricing-settings is gone/],
  ],
};

for (const [id, table] of Object.entries(onCall)) {
  describe(`on call on ${id}`, () => {
    for (const [question, must, mustNot] of table) {
      it(question, async () => {
        const cluster = await asked(id);
        const { text } = await ask(cluster, question, { page: null, namespace: null, object: null, issueId: null });
        expect(text).toMatch(must);
        if (mustNot !== undefined) expect(text).not.toMatch(mustNot);
        await cluster.access.close();
      });
    }
  });
}
