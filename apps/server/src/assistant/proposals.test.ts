import { recordingTransport } from '@quarterdeck/assistant/testing/recording-transport';
import { type ScriptedStep, scriptedModel } from '@quarterdeck/assistant/testing/scripted-model';
import type { Transport, TransportRequest } from '@quarterdeck/cluster';
import { type Action, actionSchema, askedSchema, conversationDetailSchema, type Proposal, permissions, refTo, turnFrameSchema } from '@quarterdeck/contract';
import { afterEach, expect, it } from 'vitest';
import { localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { noModels, type TestApp, testApp } from '../testing/test-app.ts';

const target = refTo('ConfigMap', 'shop', 'settings');
const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop', uid: 'u1', resourceVersion: '7' },
  data: { MAX: '5' },
};
const change = { verb: 'label', target, entries: { tier: 'front' }, overwrite: true };
const propose: ScriptedStep = [{ call: 'propose_change', input: { change, reason: 'It belongs there.' } }];

/** One that takes what is sent and keeps count. */
class LiveCluster extends MemoryCluster {
  private readonly sent = recordingTransport(() => settings);
  override readonly api: Transport = { ...this.sent, json: async (request) => answerTo(request, await this.sent.json(request)) };

  get changed(): readonly string[] {
    return this.sent.mutations.filter(isAboutSettings);
  }

  get read(): readonly string[] {
    return this.sent.reads.filter(isAboutSettings);
  }
}

function answerTo({ method }: TransportRequest, found: unknown): unknown {
  return method === 'PATCH' ? { ...settings, metadata: { ...settings.metadata, labels: { tier: 'front' } } } : found;
}

const isAboutSettings = (request: string) => request.includes('configmaps/settings');

let open: TestApp | null = null;
afterEach(async () => {
  await open?.services.assistant.close();
  await open?.services.actions.close();
  await open?.services.clusters.close();
});

async function workbench(...script: readonly ScriptedStep[]) {
  const cluster = new LiveCluster();
  cluster.apply(settings);
  cluster.apply(testPod('web', 'shop', 'ImagePullBackOff'));
  const model = scriptedModel(...script);
  const models = { ...noModels, chain: async () => model.chain, offered: async () => [], cost: () => 0 };
  let actor: Actor = localPerson;
  open = await testApp([cluster.source], { models, authenticate: async () => actor });
  const become = (other: Actor) => {
    actor = other;
  };
  return { ...open, cluster, model, become };
}

async function proposed(app: TestApp): Promise<Proposal[]> {
  const { conversation, answer } = askedSchema.parse((await app.call('POST', '/api/ai/chat', { question: 'compose a change' })).body);
  const response = await app.app.request(`/api/ai/messages/${answer.id}/events`, {
    headers: { host: '127.0.0.1:7420', authorization: 'Bearer the-launch-token' },
  });
  const events = (await response.text())
    .trim()
    .split('\n')
    .map((line) => turnFrameSchema.parse(JSON.parse(line)).event);
  const { messages } = conversationDetailSchema.parse((await app.call('GET', `/api/ai/conversations/${conversation.id}`)).body);
  const told = events.flatMap((event) => (event.type === 'proposal' ? [event.proposal] : []));
  // What was told is what is stored.
  expect(messages.at(-1)?.steps.flatMap((step) => (step.type === 'proposal' ? [step.proposal] : []))).toEqual(told);
  return told;
}

const listed = async ({ services }: TestApp): Promise<Action[]> => (await services.actions.desk.list({}, { limit: 10 })).actions;

it('a proposal is an action of the person who asked, and nothing is done until they approve it', async () => {
  const app = await workbench(propose, 'I put it before you.');
  const [proposal] = await proposed(app);
  expect(proposal).toMatchObject({
    summary: expect.stringContaining('configmaps on ConfigMap shop/settings'),
    action: { id: expect.any(String), hash: expect.any(String), danger: { danger: 'write' } },
    preview: null,
    reason: 'It belongs there.',
  });
  const { id = '', hash = '' } = proposal?.action ?? {};
  const action = actionSchema.parse((await app.call('GET', `/api/actions/${id}`)).body);
  expect(action).toMatchObject({ state: 'previewed', hash, proposedBy: { id: 'local', kind: 'person', via: 'assistant' } });
  expect(app.cluster.changed).toEqual([]);
  // The model has nothing that it could approve with.
  expect(JSON.stringify(app.model.asked)).not.toContain(hash);

  app.become({ ...localPerson, id: 'robot', kind: 'agent' });
  expect((await app.call('POST', `/api/actions/${id}/approve`, { hash })).status).toBe(403);
  expect(app.cluster.changed).toEqual([]);
  app.become(localPerson);
  expect(await app.call('POST', `/api/actions/${id}/approve`, { hash })).toMatchObject({ status: 200, body: { approval: { by: 'local' } } });
  await expect.poll(() => app.cluster.changed).toEqual(['PATCH /api/v1/namespaces/shop/configmaps/settings']);
});

it('who may not propose has nothing proposed to them', async () => {
  const app = await workbench(propose, 'I could not.');
  app.become({ ...localPerson, permissions: new Set(permissions.filter((permission) => permission !== 'action.propose')) });
  expect([await proposed(app), await listed(app)]).toEqual([[], []]);
});

it('what the policy of a person hides is not proposed to them', async () => {
  const app = await workbench(propose, 'I could not.');
  app.become({ ...localPerson, policy: { namespaces: ['other'], kinds: ['*'] } });
  expect(await proposed(app)).toEqual([]);
  expect(app.cluster.read).toEqual([]);
});
