import { inspect } from 'node:util';
import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { providerKind } from '../providers/registry.ts';
import { ApiKey } from './api-key.ts';
import { checkKey } from './check-key.ts';
import { findKey, type KeySources } from './find-key.ts';
import type { KeyVault } from './key-vault.ts';

const anthropicKey = `sk-ant-api03-${'a1B2c3D4'.repeat(4)}x2Kq`;
const openaiKey = `sk-proj-${'x9Y8z7W6'.repeat(5)}`;

describe('a key', () => {
  it('comes out as its mask, however it is printed', () => {
    const key = new ApiKey(anthropicKey);
    const printed = [`${key}`, String(key), JSON.stringify({ key }), inspect({ key }, { showHidden: true, depth: 9 }), inspect(new Error('x', { cause: key }))];
    for (const text of printed) {
      expect(text).toContain('sk-ant-…x2Kq');
      expect(text).not.toContain(anthropicKey.slice(8, 20));
    }
    expect(new ApiKey('short-secret').toString()).toBe('…');
    expect(key.hideIn(`bad key ${anthropicKey}!`)).toBe('bad key sk-ant-…x2Kq!');
  });

  it.each([
    ['anthropic', ` ${anthropicKey}\n`],
    ['anthropic', `"${anthropicKey}"`],
    ['anthropic', `export ANTHROPIC_API_KEY='${anthropicKey}'`],
    ['openai', `Bearer ${openaiKey}`],
    ['azure', '0123456789abcdef'.repeat(2)],
    ['gemini', `AIza${'0123456789abcdefghijklmnopqrstuvwxy'}`],
    ['openai-compatible', 'anything'],
  ])('of %s may be pasted as %j', (id, pasted) => {
    const key = checkKey(providerKind(id), pasted);
    expect(pasted).toContain(key.reveal());
    expect(key.reveal()).toMatch(/^[^\s"'=]+$/);
  });

  it.each([
    ['anthropic', openaiKey, 'This is a key of OpenAI, not of Anthropic.'],
    ['openai', anthropicKey, 'This is a key of Anthropic, not of OpenAI.'],
    ['anthropic', 'sk-ant-…x2Kq', 'has a blank, a line break or a letter in it'],
    ['openai', 'sk-...x2Kq', 'shortened'],
    ['openai', '', 'is empty'],
    ['openai', 'hunter2', 'one begins with sk-'],
    ['mistral', `${'a'.repeat(16)}\n${'b'.repeat(16)}`, 'line break'],
  ])('of %s is not %j', (id, pasted, message) => {
    const refuse = () => checkKey(providerKind(id), pasted);
    expect(refuse).toThrow(AppError);
    expect(refuse).toThrow(message);
    expect(refuse).not.toThrow(pasted.length > 8 ? pasted : 'no such text');
  });
});

describe('where a key is looked for', () => {
  const vault = (name: string, keys: Record<string, string>): KeyVault => ({
    name,
    get: async (wanted) => keys[wanted] ?? null,
    put: async () => undefined,
    delete: async () => false,
  });
  const files: Record<string, string> = { '/run/key': `${anthropicKey}\n`, '/run/other': openaiKey };
  const sources = (environment: Record<string, string>, vaults: KeyVault[] = []): KeySources => ({
    environment,
    vaults,
    async readFile(path) {
      const text = files[path];
      if (text === undefined) throw new Error('ENOENT');
      return text;
    },
  });
  const place = { kind: providerKind('anthropic'), id: 'anthropic', variable: null, file: null };
  const vaults = [vault('the keychain', {}), vault('the store', { 'model-key/anthropic': anthropicKey })];

  it.each([
    [{ ANTHROPIC_API_KEY: anthropicKey, CLAUDE_API_KEY: 'other' }, place, 'ANTHROPIC_API_KEY'],
    [{ ANTHROPIC_API_KEY: ' ', CLAUDE_API_KEY: anthropicKey }, place, 'CLAUDE_API_KEY'],
    [{ ANTHROPIC_API_KEY_FILE: '/run/key' }, place, '/run/key'],
    [{ ANTHROPIC_API_KEY: 'x', MINE: anthropicKey }, { ...place, variable: 'MINE' }, 'MINE'],
    [{}, { ...place, file: '/run/key' }, '/run/key'],
    [{}, place, 'the store'],
  ])('%j', async (environment, where, from) => {
    const found = await findKey(where, sources(environment, vaults));
    expect([found?.from, found?.key.reveal(), found?.doubt]).toEqual([from, anthropicKey, null]);
  });

  it('is nowhere else', async () => {
    expect(await findKey(place, sources({ OPENAI_API_KEY: openaiKey }, [vault('the store', { 'model-key/openai': openaiKey })]))).toBeNull();
  });

  it('doubts what is hardly a key, and says which file can not be read', async () => {
    expect(await findKey({ ...place, file: '/run/other' }, sources({}))).toMatchObject({ doubt: 'This is a key of OpenAI, not of Anthropic.' });
    await expect(findKey({ ...place, file: '/none' }, sources({}))).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('/none'),
    });
  });
});
