import { describe, expect, it } from 'vitest';
import { noSettings } from './model-settings.ts';
import { listSettings, settingAt, withoutSetting, withSetting } from './setting-path.ts';

describe('a setting by its path', () => {
  it.each([
    ['offline', 'true', true],
    ['use', 'anthropic/claude-sonnet-5, ollama/qwen3:8b', ['anthropic/claude-sonnet-5', 'ollama/qwen3:8b']],
    ['use', '["ollama/qwen3"]', ['ollama/qwen3']],
    ['use', 'ollama/qwen3', ['ollama/qwen3']],
    ['providers.ollama.contextWindow', '32768', 32_768],
    ['providers.house.baseUrl', 'https://models.example.com/v1', 'https://models.example.com/v1'],
    ['providers.house.name', '4711', '4711'],
    ['prices.openai/gpt-5.4.input', '2.5', undefined],
  ])('%s = %s', (path, typed, value) => {
    if (value === undefined) return expect(() => withSetting(noSettings, path, typed)).toThrow('prices.openai/gpt-5.4.output');
    expect(settingAt(withSetting(noSettings, path, typed), path)).toEqual(value);
  });

  it('is taken out again, a whole provider too', () => {
    const set = withSetting(withSetting(noSettings, 'providers.house.baseUrl', 'https://a.example/v1'), 'providers.house.concurrency', '2');
    expect(settingAt(withoutSetting(set, 'providers.house.concurrency'), 'providers.house')).toEqual({ baseUrl: 'https://a.example/v1' });
    expect(withoutSetting(set, 'providers.house')).toEqual(noSettings);
    expect(settingAt(withoutSetting(set, 'use'), 'use')).toEqual([]);
    const priced = withSetting(noSettings, 'prices.openai/gpt-5.4', '{"input":1,"output":2}');
    expect(settingAt(withSetting(priced, 'prices.openai/gpt-5.4.input', '3'), 'prices.openai/gpt-5.4.input')).toBe(3);
    expect(listSettings(priced)).toContainEqual(['prices.openai/gpt-5.4.output', 2]);
  });

  it.each([
    ['ofline', 'true', 'Did you mean offline?'],
    ['providers.ollama.contextwindow', '1', 'Did you mean contextWindow?'],
    ['providers.ollama.contextWindow', 'big', 'providers.ollama.contextWindow'],
    ['providers.Ollama.local', 'true', 'lower case'],
    ['use', 'claude', 'PROVIDER/MODEL'],
    ['offline', 'perhaps', 'offline'],
  ])('%s = %s is refused', (path, typed, message) => {
    expect(() => withSetting(noSettings, path, typed)).toThrow();
    try {
      withSetting(noSettings, path, typed);
    } catch (thrown) {
      expect(`${thrown} ${thrown instanceof Error && 'hint' in thrown ? thrown.hint : ''}`).toContain(message);
    }
  });

  it('never is a way around: prototypes stay as they are', () => {
    expect(() => withSetting(noSettings, '__proto__.polluted', 'true')).toThrow('There is no setting');
    expect(withSetting(noSettings, 'providers.__proto__.local', 'true')).toEqual(noSettings);
    expect('local' in {}).toBe(false);
  });
});
