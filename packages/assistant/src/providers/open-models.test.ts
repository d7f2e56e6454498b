import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../failover/clock.ts';
import { fakeFetch } from '../testing/fake-server.ts';
import { ollamaFormat } from '../testing/formats/ollama.ts';
import { listReply, reply } from '../testing/scripted-provider.ts';
import { type ModelSettings, noSettings, parseModelSettings } from './model-settings.ts';
import { openModels } from './open-models.ts';
import { modelSettingsFile } from './settings-file.ts';

const keys = { ANTHROPIC_API_KEY: `sk-ant-${'a'.repeat(40)}`, OPENAI_API_KEY: `sk-proj-${'b'.repeat(40)}` };

function open(settings: Partial<ModelSettings>, environment: Record<string, string> = {}, ollama = false) {
  const { fetch } = fakeFetch((request) => (ollama ? listReply(ollamaFormat, request) : null) ?? reply('', { status: 404 }));
  return openModels(
    { ...noSettings, ...settings },
    {
      keys: { environment, vaults: [], readFile: async () => Promise.reject(new Error('ENOENT')) },
      ...{ fetch, now: () => 0, clock: systemClock, random: () => 0 },
    },
  );
}

function chosen(models: Awaited<ReturnType<typeof open>>, purpose: 'chat' | 'plans' = 'chat') {
  const chain = models.chain(purpose);
  return chain?.choices.map(({ provider, model }) => `${provider.id}/${model}`) ?? null;
}

describe('which models are asked', () => {
  it('is what was chosen, in that order, with others for plans', async () => {
    const models = await open({ use: ['ollama/qwen3', 'openai/gpt-5.4'], plans: ['openai/gpt-5.3-codex'] }, keys);
    expect(chosen(models)).toEqual(['ollama/qwen3', 'openai/gpt-5.4']);
    expect(chosen(models, 'plans')).toEqual(['openai/gpt-5.3-codex']);
  });

  it('is none where nothing was chosen, whatever keys and programs there are; the keys are told of', async () => {
    const models = await open({}, keys, true);
    expect([chosen(models), chosen(models, 'plans')]).toEqual([null, null]);
    expect(models.unused).toEqual([
      { provider: 'Anthropic', from: 'ANTHROPIC_API_KEY', model: 'anthropic/claude-sonnet-5' },
      { provider: 'OpenAI', from: 'OPENAI_API_KEY', model: 'openai/gpt-6-sol' },
    ]);
    expect((await open({ use: ['openai/gpt-5.4'] }, keys)).unused).toEqual([]);
    expect((await open({ offline: true }, keys)).unused).toEqual([]);
  });

  it('is none offline, whatever keys there are', async () => {
    expect(chosen(await open({ offline: true, use: ['openai/gpt-5.4'] }, keys))).toBeNull();
  });

  it('may be on an endpoint of one’s own, with a price of one’s own', async () => {
    const models = await open({
      use: ['house/llama'],
      providers: { house: { baseUrl: 'http://10.0.0.8:8000/v1', local: true, concurrency: 1 } },
      prices: { 'house/llama': { input: 1, output: 1 } },
    });
    expect(chosen(models)).toEqual(['house/llama']);
    expect(models.only('house/llama').choices[0]?.provider).toMatchObject({ id: 'house', name: 'house', local: true });
    expect(models.cost({ input: 1_000_000, cacheRead: null, cacheWrite: null, output: 0, reasoning: null }, 'house', 'llama')).toMatchObject({ usd: 1 });
  });

  it.each([
    ['antropic/x', {}, 'There is no provider antropic.', 'Did you mean anthropic?'],
    ['gpt-5', {}, 'lacks its provider', 'qd model list'],
    ['azure/our-gpt', {}, 'Nobody said where Azure OpenAI is.', '--base-url https://NAME.openai.azure.com/openai/v1'],
    ['anthropic/x', { anthropic: { keyFile: '/none' } }, 'The key file /none can’t be read.'.replace('’', "'"), 'nothing but the key'],
    ['far/x', { far: { baseUrl: 'http://10.0.0.8/v1', keyVariable: 'OPENAI_API_KEY' } }, 'would go unencrypted', 'local = true'],
  ])('%s is refused with the way out', async (name, providers, message, hint) => {
    const models = await open({ providers }, 'anthropic' in providers ? {} : keys);
    expect(() => models.only(name)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR', message: expect.stringContaining(message), hint: expect.stringContaining(hint) }),
    );
  });

  it('knows what is on this machine', async () => {
    const models = await open({}, { OLLAMA_HOST: 'gpu.example.com' });
    const local = Object.fromEntries(models.providers.map(({ id, provider }) => [id, provider?.local ?? null]));
    expect(local).toEqual({
      anthropic: false,
      openai: false,
      azure: null,
      gemini: false,
      mistral: false,
      ollama: false,
      'openai-compatible': null,
      'node-llama-cpp': null,
    });
    expect(models.providers.find(({ id }) => id === 'ollama')?.baseUrl).toBe('http://gpu.example.com:11434');
  });
});

describe('the file of settings', () => {
  it('is written for its owner alone, and read again', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    const file = modelSettingsFile(directory);
    expect(await file.read()).toEqual(noSettings);
    await file.change((settings) => ({ ...settings, use: ['ollama/qwen3'] }));
    expect((await modelSettingsFile(directory).read()).use).toEqual(['ollama/qwen3']);
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file.path, 'utf8'))).toMatchObject({ version: 1 });
    await writeFile(file.path, '{');
    await expect(file.read()).rejects.toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('no JSON') });
  });

  it.each([
    [{ uses: [] }, 'has no field uses'],
    [{ use: ['claude'] }, 'use.0 must be PROVIDER/MODEL'],
    [{ providers: { ollama: { contextWindow: 'big' } } }, 'providers.ollama.contextWindow'],
    [{ providers: { ollama: { baseUrl: 'ftp://x' } } }, 'providers.ollama.baseUrl'],
  ])('refuses %j', (value, message) => {
    expect(() => parseModelSettings(value, 'models.json')).toThrow(message);
  });
});
