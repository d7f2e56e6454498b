import { describe, expect, it } from 'vitest';
import { filterOf } from './run-filter.ts';
import { sentParts } from './sent-parts.ts';

describe('what was sent', () => {
  it('shows where a secret or a name stood, and takes no name for an alias where none was replaced', () => {
    const text = 'dep-k3f7qa wants PASSWORD=[redacted] of app-config';
    expect(sentParts(text, true).filter(({ mark }) => mark !== null)).toEqual([
      { text: 'dep-k3f7qa', mark: 'alias' },
      { text: '[redacted]', mark: 'secret' },
      { text: 'app-config', mark: 'alias' },
    ]);
    expect(sentParts(text, false).map(({ mark }) => mark)).toEqual([null, 'secret', null]);
    for (const each of [text, '', '[redacted]'])
      expect(
        sentParts(each, true)
          .map((part) => part.text)
          .join(''),
      ).toBe(each);
  });
});

describe('the filter of runs', () => {
  it('is what the address says, with days as a moment', () => {
    const now = Date.parse('2026-05-03T00:00:00Z');
    expect(filterOf({ q: 'redis', state: 'failed', purpose: 'chat', days: '2', run: 'r1' }, now)).toEqual({
      ...{ text: 'redis', state: 'failed', purpose: 'chat', since: '2026-05-01T00:00:00.000Z' },
    });
    expect(filterOf({ state: 'no state', days: 'x' }, now)).toEqual({});
  });
});
