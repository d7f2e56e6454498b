import { usualAssistantLimits } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { daysOf } from './days-of.ts';
import { limitsDraft, readLimits } from './limits-draft.ts';

describe('the days of a report', () => {
  it('are all of its time, with nothing where nobody asked', () => {
    const used = { day: '2026-05-02', runs: 2, tokens: 10, cost: 1, unpriced: 1 };
    const days = daysOf({ since: '2026-04-30T15:00:00Z', byDay: [used] }, Date.parse('2026-05-03T01:00:00Z'));
    expect(days.map(({ day, cost }) => [day, cost])).toEqual([
      ['2026-04-30', 0],
      ['2026-05-01', 0],
      ['2026-05-02', 1],
      ['2026-05-03', 0],
    ]);
  });
});

describe('limits', () => {
  it('are the same after nothing was changed, and none where the field is empty', () => {
    const draft = limitsDraft(usualAssistantLimits);
    expect(readLimits(draft)).toEqual(usualAssistantLimits);
    expect(readLimits({ ...draft, messagesPerHour: ' ', costPerMonth: '2.5' })).toMatchObject({ messagesPerHour: null, costPerMonth: 2.5 });
  });
});
