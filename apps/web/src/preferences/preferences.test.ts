import { describe, expect, it } from 'vitest';
import { parsePreferences } from './preferences.ts';

describe('preferences', () => {
  it('keep what can be read beside what can not', () => {
    expect(parsePreferences('{"theme":"dark","density":"tiny","keys":{"go-to:/issues":["i"]}}')).toMatchObject({
      theme: 'dark',
      language: 'en',
      density: 'regular',
      zone: 'local',
      letterKeys: true,
      keys: { 'go-to:/issues': ['i'] },
      welcomed: false,
      tutorial: null,
    });
  });

  it('are the defaults where nothing, or nothing readable, was kept', () => {
    for (const text of [null, '', '{', '7', '[]']) expect(parsePreferences(text)).toMatchObject({ theme: 'system', keys: {} });
  });
});
