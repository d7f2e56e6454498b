import { describe, expect, it } from 'vitest';
import { noSettings, parseModelSettings } from './model-settings.ts';
import { settingAt, withSetting } from './setting-path.ts';
import { settingProblems } from './setting-problems.ts';
import { sourcedSettings } from './setting-sources.ts';

describe('the problems of a text of settings', () => {
  it('are all told, with what was meant', () => {
    const text = JSON.stringify({
      ofline: true,
      use: ['claude', 'antropic/claude-sonnet-5'],
      providers: { ollama: { contextwindow: 5, concurrency: 0 }, Big: {} },
    });
    expect(settingProblems(text).map(({ field, message }) => `${field} ${message}`)).toEqual([
      'use.0 must be PROVIDER/MODEL',
      expect.stringMatching(/^providers\.ollama\.concurrency /),
      'providers.ollama.contextwindow is no setting; did you mean contextWindow?',
      'providers.Big must be lower case letters, digits and -',
      'ofline is no setting; did you mean offline?',
    ]);
  });

  it('include what fits and can never be asked', () => {
    const text = JSON.stringify({ use: ['antropic/claude-sonnet-5', 'house/llama-4'], providers: { house: { baseUrl: 'http://10.0.0.8' }, olama: {} } });
    expect(settingProblems(text)).toEqual([
      { field: 'use.0', message: 'names antropic, which is no provider; did you mean anthropic?' },
      { field: 'providers.olama', message: 'has no baseUrl, and is no provider that is known; did you mean ollama?' },
    ]);
  });

  it('are none for a file of today, and for one without a version; that of a later version is told as that', () => {
    expect(settingProblems('{"offline": true}')).toEqual([]);
    expect(settingProblems(JSON.stringify(noSettings))).toEqual([]);
    expect(settingProblems('{"version": 2}')).toEqual([{ field: 'version', message: '2 is that of a later Quarterdeck; update this one' }]);
    expect(() => parseModelSettings({ version: 2 }, 'models.json')).toThrow('models.json: version 2 is that of a later Quarterdeck');
    expect(settingProblems('{')).toEqual([{ field: '', message: expect.stringContaining('is no JSON') }]);
  });
});

describe('where settings come from', () => {
  it('is the file, a variable or nowhere', () => {
    const written = { offline: true };
    const environment = { OLLAMA_HOST: '0.0.0.0', OPENAI_BASE_URL: 'no address' };
    const sourced = sourcedSettings(parseModelSettings(written, 'models.json'), written, environment);
    expect(sourced).toContainEqual({ field: 'offline', value: true, source: 'file' });
    expect(sourced).toContainEqual({ field: 'use', value: [], source: 'default' });
    expect(sourced.at(-1)).toEqual({ field: 'providers.ollama.baseUrl', value: 'http://127.0.0.1:11434', source: 'OLLAMA_HOST' });
  });

  it('is the file where file and variable differ', () => {
    const written = { providers: { ollama: { baseUrl: 'http://10.0.0.8' } } };
    const sourced = sourcedSettings(parseModelSettings(written, 'models.json'), written, { OLLAMA_HOST: '0.0.0.0' });
    expect(sourced.filter(({ field }) => field === 'providers.ollama.baseUrl')).toEqual([
      { field: 'providers.ollama.baseUrl', value: 'http://10.0.0.8', source: 'file' },
    ]);
  });
});

describe('a dot of a name', () => {
  it('is written with a backslash where it could be read as another', () => {
    const priced = withSetting(noSettings, 'prices.house/raw\\.input', '{"input":1,"output":2}');
    expect(settingAt(priced, 'prices.house/raw.input.output')).toBe(2);
    expect(settingAt(priced, 'prices.house/raw\\.input')).toEqual({ input: 1, output: 2 });
  });
});
