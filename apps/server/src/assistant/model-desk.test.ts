import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyVault, modelSettingsFile } from '@quarterdeck/assistant';
import { describe, expect, it } from 'vitest';
import { ModelDesk } from './model-desk.ts';
import { openServerModels } from './server-models.ts';

const key = `sk-ant-api03-${'k'.repeat(40)}x2Kq`;

function memoryVault(name: string): KeyVault & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { name, kept, get: async (id) => kept.get(id) ?? null, put: async (id, secret) => void kept.set(id, secret), delete: async (id) => kept.delete(id) };
}

async function desk(environment: Record<string, string> = {}, answers: (url: string) => Response | null = () => null) {
  const settings = modelSettingsFile(await mkdtemp(join(tmpdir(), 'qd-desk-')));
  const store = memoryVault('the encrypted store');
  const models = openServerModels({ settings, environment, vaults: [store], failed: () => undefined });
  const fetch: typeof globalThis.fetch = async (input) => answers(String(input)) ?? Promise.reject(new Error('Nothing listens.'));
  return { settings, store, models, desk: new ModelDesk({ settings, models, store, keychain: async () => null, fetch, now: Date.now }) };
}

const providerOf = async (one: ModelDesk, id: string) => (await one.setup()).providers.find((provider) => provider.id === id);
const { signal } = new AbortController();

describe('the models of a server, as they are set up over HTTP', () => {
  it('take a key in and give its ends alone; it is found at once, and gone when it is removed', async () => {
    const { desk: one, store, settings } = await desk();
    expect(await providerOf(one, 'anthropic')).toMatchObject({ state: 'noKey', key: null });
    await expect(one.setKey('openai', key, 'store')).rejects.toThrow('This is a key of Anthropic, not of OpenAI.');
    const told = JSON.stringify(await one.setKey('anthropic', ` "${key}" `, 'store'));
    expect(told).not.toContain(key.slice(13, 40));
    expect(await providerOf(one, 'anthropic')).toMatchObject({ state: 'ready', key: { mask: 'sk-ant-…x2Kq', place: 'store', from: 'the encrypted store' } });
    expect(store.kept.get('model-key/anthropic')).toBe(key);
    await one.choose({ offline: false, use: ['anthropic/claude-sonnet-5'], plans: [], remoteAfterLocal: false });
    expect(await readFile(settings.path, 'utf8')).not.toContain(key.slice(13, 40));
    await one.removeKey('anthropic');
    expect(await providerOf(one, 'anthropic')).toMatchObject({ state: 'noKey' });
    await expect(one.removeKey('anthropic')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('never send a key where its owner did not say', async () => {
    const { desk: one, store } = await desk({ OLLAMA_API_KEY: 'of-the-cloud' });
    await expect(one.changeProvider('anthropic', { baseUrl: 'https://evil.example/v1' })).rejects.toThrow('Anthropic is asked at');
    await expect(one.changeProvider('ollama', { baseUrl: 'https://evil.example' })).rejects.toThrow('comes from OLLAMA_API_KEY');
    await expect(one.changeProvider('house', { baseUrl: 'http://169.254.169.254/latest' })).rejects.toThrow('No models are asked');
    await expect(one.changeProvider('node-llama-cpp', { baseUrl: 'http://127.0.0.1:1/v1' })).rejects.toThrow('has no address');
    await one.changeProvider('house', { baseUrl: 'https://house.example/v1' });
    await one.setKey('house', 'the-key-of-the-house', 'store');
    await one.changeProvider('house', { name: 'House' });
    expect(store.kept.size).toBe(1);
    await one.changeProvider('house', { baseUrl: 'https://elsewhere.example/v1' });
    expect(store.kept.size).toBe(0);
    expect(await providerOf(one, 'house')).toMatchObject({ name: 'House', own: true, key: null });
  });

  it('are chosen only where there is somebody to ask, and not taken away while they are asked', async () => {
    const { desk: one, settings } = await desk();
    const choice = { offline: false, plans: [], remoteAfterLocal: false };
    await expect(one.choose({ ...choice, use: ['anthropix/x'] })).rejects.toThrow('There is no provider anthropix.');
    expect((await settings.read()).use).toEqual([]);
    await one.changeProvider('house', { baseUrl: 'http://127.0.0.1:9/v1' });
    expect((await one.choose({ ...choice, use: ['house/one', 'openai/gpt-6-sol'] })).chosen).toMatchObject([
      { id: 'house/one', local: true, skipped: false, price: { input: 0 } },
      { id: 'openai/gpt-6-sol', local: false, skipped: true },
    ]);
    await expect(one.removeProvider('house')).rejects.toMatchObject({ code: 'CONFLICT' });
    await one.choose({ ...choice, use: [] });
    expect((await one.removeProvider('house')).providers.map(({ id }) => id)).not.toContain('house');
  });

  it('say of a provider that is asked what came of it', async () => {
    const { desk: one } = await desk();
    await one.changeProvider('house', { baseUrl: 'http://127.0.0.1:9/v1' });
    expect(await one.test('house', signal)).toMatchObject({ outcome: 'network', models: null, latencyMs: null });
    expect(await providerOf(one, 'house')).toMatchObject({ state: 'unreachable', problem: expect.stringContaining('http://127.0.0.1:9') });
    expect(await one.test('anthropic', signal)).toMatchObject({ outcome: 'missingKey' });
    await expect(one.test('anthropc', signal)).rejects.toThrow('There is no provider anthropc.');
    await one.changeProvider('house', { enabled: false });
    expect(await providerOf(one, 'house')).toMatchObject({ state: 'off', enabled: false });
  });

  it('find the programs of this machine that answer as such', async () => {
    const { desk: one } = await desk({}, (url) => {
      if (url === 'http://127.0.0.1:11434/api/tags') return Response.json({ models: [{ name: 'qwen3:8b' }] });
      if (url === 'http://127.0.0.1:1234/v1/models') return Response.json({ object: 'list', data: [{ id: 'gemma' }] });
      return url.includes(':8080') ? Response.json({ hello: 'there' }) : null;
    });
    expect((await one.local(signal)).found).toMatchObject([
      { id: 'ollama', models: ['qwen3:8b'], known: true },
      { id: 'lm-studio', baseUrl: 'http://127.0.0.1:1234/v1', models: ['gemma'], known: false },
    ]);
  });
});
