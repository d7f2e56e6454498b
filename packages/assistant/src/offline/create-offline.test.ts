import { brokenCluster, healthyCluster, testNow } from '@quarterdeck/diagnosis/testing';
import { describe, expect, it } from 'vitest';
import type { Focus, OfflineEvent } from '../sources/context-source.ts';
import { testCluster } from '../testing/test-cluster.ts';
import { kubernetesTools } from '../tools/kubernetes-tools.ts';
import { createOffline } from './create-offline.ts';

const { signal } = new AbortController();
const nothing: Focus = { page: null, namespace: null, object: null, issueId: null };

async function eventsOf(answer: AsyncIterable<OfflineEvent> | OfflineEvent[]): Promise<OfflineEvent[]> {
  const events: OfflineEvent[] = [];
  for await (const event of answer) events.push(event);
  return events;
}

function asked(
  cluster = testCluster(brokenCluster(), { logs: { 'web-5f4d-x1/app': ['2026-05-04T11:00:00Z starting', '2026-05-04T11:00:01Z ERROR no route to db'] } }),
) {
  const offline = createOffline({ cluster, tools: kubernetesTools(cluster, () => testNow), now: () => testNow });
  return async (question: string, focus: Focus = nothing) => {
    const answer = await offline.answer(question, focus, signal);
    if (answer === null) return null;
    const events = await eventsOf(answer);
    const text = (type: 'understood' | 'text') => events.map((event) => (event.type === type ? event.text : '')).join('');
    const calls = events.flatMap((event) => (event.type === 'call' ? [event.tool] : []));
    const focused = events.findLast((event) => event.type === 'focus');
    return { understood: text('understood'), calls, text: text('text'), focus: focused?.focus ?? focus };
  };
}

describe('a question without a model', () => {
  it('why something fails: names the cause, what proves it and what was read', async () => {
    const answer = await asked()('why is api failing');
    expect(answer).toMatchObject({ understood: 'Why Deployment shop/api is in trouble.', calls: ['list_issues', 'get_issue'] });
    expect(answer?.text).toMatch(/\*\*Cause:\*\* `ConfigMap shop\/api-settings`/);
    expect(answer?.text).toMatch(/What proves it/);
  });

  it('follows up on what was answered', async () => {
    const ask = asked();
    const first = await ask('why is web failing');
    expect(first?.focus).toMatchObject({ object: { kind: 'Deployment', name: 'web' }, issueId: expect.any(String) });
    const logs = await ask('and its logs?', first?.focus);
    expect(logs?.text).toContain('no route to db');
    const fix = await ask('how do I fix it?', logs?.focus);
    expect(fix).toMatchObject({ calls: ['list_issues', 'create_plan'], text: expect.stringContaining('## Plan') });
  });

  it.each([
    ['what is broken', /issues in the cluster, worst first/],
    ['which pods are crashing', /\| web-5f4d-x1 \|/],
    ['list deployments with more than 2 replicas', /^I can't select by "more than 2 replicas"; this is without it\./],
    ['pods not in shop', /^\*\*0\*\* Pods in the cluster \(not in shop\)/],
    ['pods in namespace nowhere', /^There is no namespace `nowhere`/],
    ['pods not owned by a deployment', /^I can't select by "not owned by a …"; this is without it\./],
    ['how many pods are there per namespace', /^I can't select by "per …"; this is without it\./],
    ['how many pods are there in shop', /^\*\*\d+\*\* Pods in the namespace `shop`/],
    ['explain CrashLoopBackOff', /In this cluster now: 2 pods/],
    ['explain claim-pending', /PersistentVolumeClaim is not bound/],
    ['what is exit code 137', /SIGKILL/],
    ['what is a taint', /mark on a node/],
    ['how do I roll back web', /kubectl rollout undo deployment\/web -n shop/],
    ['describe web', /\*\*Pods:\*\*/],
    ['what depends on api-settings', /does not exist[\s\S]*What refers to it[\s\S]*api/],
    ['events of web', /events of `Deployment web`/],
    ['what changed', /[Cc]hange/],
    ['which pods have no memory limit', /memory-limit-missing/],
    ['why is frontnd failing', /I find nothing called `frontnd`/],
    ['what can you do', /"what is broken"/],
    ['which version is the cluster', /Kubernetes `v1.35.0`/],
  ])('%s', async (question, pattern) => {
    expect((await asked()(question))?.text).toMatch(pattern);
  });

  it('says that nothing is wrong where nothing is', async () => {
    const ask = asked(testCluster(healthyCluster()));
    expect((await ask('what is broken'))?.text).toMatch(/Nothing is broken/);
    expect((await ask('why is web failing'))?.text).toMatch(/I see nothing wrong with `Deployment shop\/web`/);
  });

  it('leaves to a model what needs one, and says so where there is none', async () => {
    expect(await asked()('write me a poem about pods')).toBeNull();
    expect(await asked()('what is the airspeed of a swallow')).toBeNull();
    const cluster = testCluster(healthyCluster());
    const events = await eventsOf(createOffline({ cluster, tools: kubernetesTools(cluster) }).decline(signal));
    expect(events.at(-1)).toMatchObject({ type: 'text', text: expect.stringMatching(/needs a language model[\s\S]*"why is /) });
  });

  it('tells nobody what they may not look up', async () => {
    const cluster = testCluster(brokenCluster());
    const offline = createOffline({ cluster, tools: [], now: () => testNow });
    for (const question of ['what is broken', 'what changed', 'which pods have no memory limit', 'right-size web', 'cluster info', 'list pods']) {
      const events = await eventsOf((await offline.answer(question, nothing, signal)) ?? []);
      expect(events.at(-1), question).toMatchObject({ type: 'text', text: expect.stringMatching(/not for you to see/) });
    }
  });

  it('tells of a failure as part of the answer', async () => {
    expect((await asked()('pods with more than 3 restarts on node nowhere-1'))?.text).toBeDefined();
    expect((await asked()('explain deployment.spec.strategy'))?.text).toMatch(/can't be read/);
  });
});
