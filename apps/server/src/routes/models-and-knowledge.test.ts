import { knowledgeOverviewSchema, modelSetupSchema } from '@quarterdeck/contract';
import { afterEach, expect, it } from 'vitest';
import { localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { MemoryCluster } from '../testing/memory-cluster.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

const key = `sk-ant-api03-${'k'.repeat(40)}x2Kq`;
const withoutManaging: Actor = { ...localPerson, permissions: new Set([...localPerson.permissions].filter((permission) => permission !== 'ai:manage')) };

let open: TestApp | null = null;
afterEach(async () => {
  await open?.services.assistant.close();
  await open?.services.clusters.close();
});

async function workbench() {
  let actor: Actor = localPerson;
  open = await testApp([new MemoryCluster().source], { authenticate: async () => actor });
  const become = (other: Actor) => {
    actor = other;
  };
  return { ...open, become };
}

it('what sets up models and writes runbooks is for who looks after the assistant', async () => {
  const { call, become } = await workbench();
  expect((await call('GET', '/api/ai/setup')).status).toBe(200);
  const folder = (await folderOf(call)).folder;
  become(withoutManaging);
  const refused = [
    await call('GET', '/api/ai/setup'),
    await call('PUT', '/api/ai/providers/anthropic/key', { key }),
    await call('POST', '/api/ai/trials', { models: ['a/b'] }),
    await call('PUT', '/api/knowledge/runbook', { folder, path: 'a.md', markdown: '# A' }),
    await call('DELETE', `/api/knowledge/runbook?folder=${encodeURIComponent(folder)}&path=a.md`),
    await call('POST', '/api/ai/runs/none/replay', { model: 'a/b' }),
  ];
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
  expect((await call('GET', '/api/ai/prompts')).body).toMatchObject({
    prompts: expect.arrayContaining([expect.objectContaining({ id: 'assistant', intent: 'all' })]),
  });
});

it('a key is written down as set and nowhere else, and a wrong one is not repeated', async () => {
  const { call } = await workbench();
  const wrong = await call('PUT', '/api/ai/providers/openai/key', { key });
  expect([wrong.status, JSON.stringify(wrong.body).includes(key)]).toEqual([400, false]);
  const set = await call('PUT', '/api/ai/providers/anthropic/key', { key });
  expect(modelSetupSchema.parse(set.body).providers.map(({ id }) => id)).toContain('anthropic');
  const acts = await call('GET', '/api/audit?action=modelKey');
  expect(acts.body).toMatchObject({
    acts: [
      { action: 'modelKey.set', input: { provider: 'anthropic', place: 'store' }, result: { outcome: 'done' } },
      { action: 'modelKey.set', input: { provider: 'openai' }, result: { outcome: 'failed' } },
    ],
  });
  expect(JSON.stringify([set.body, acts.body])).not.toContain(key.slice(13, 40));
});

it('a runbook is found with the next question, and leads nowhere else', async () => {
  const { call } = await workbench();
  const { folder } = await folderOf(call);
  const place = `folder=${encodeURIComponent(folder)}&path=storage/claims.md`;
  expect((await call('PUT', '/api/knowledge/runbook', { folder, path: '../claims.md', markdown: '# A' })).status).toBe(400);
  expect((await call('PUT', '/api/knowledge/runbook', { folder: '/etc', path: 'claims.md', markdown: '# A' })).status).toBe(404);
  await call('GET', '/api/knowledge/search?text=premium');
  await call('PUT', '/api/knowledge/runbook', { folder, path: 'storage/claims.md', markdown: '# Claims\n\nThe class premium was removed in May.\n' });
  expect((await call('GET', '/api/knowledge/search?text=premium%20class%20removed')).body).toMatchObject({ hits: [{ title: 'Claims', because: ['words'] }] });
  expect((await call('GET', `/api/knowledge/runbook?${place}`)).body).toMatchObject({ markdown: expect.stringContaining('premium') });
  expect((await call('DELETE', `/api/knowledge/runbook?${place}`)).status).toBe(200);
  expect((await call('GET', '/api/knowledge/search?text=premium%20class%20removed')).body).toEqual({ hits: [] });
});

async function folderOf(call: TestApp['call']): Promise<{ folder: string }> {
  const { body } = await call('GET', '/api/knowledge');
  const [first] = knowledgeOverviewSchema.parse(body).folders;
  return { folder: first?.folder ?? '' };
}
