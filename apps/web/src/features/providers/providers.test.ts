import type { TrialEvent } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { formatDollars } from '../../text/money.ts';
import { moveItem } from './move-item.ts';
import { noTrial, trialWith } from './trial-state.ts';

describe('the order of models', () => {
  it('changes by one that moves, and not beyond its ends', () => {
    const items = ['a', 'b', 'c'];
    expect(moveItem(items, 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moveItem(items, 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moveItem(items, 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moveItem(items, 1, 9)).toEqual(['a', 'c', 'b']);
    expect(moveItem(items, 7, 0)).toEqual(items);
  });
});

describe('dollars', () => {
  it('keep what little amounts say', () => {
    expect([0, 0.000123, 0.05, 1.5, 1234.567].map((each) => formatDollars(each, 'en'))).toEqual(['$0.00', '$0.00012', '$0.05', '$1.50', '$1,234.57']);
  });
});

describe('a comparison', () => {
  it('counts tasks of each model as they come, and ends with what was measured', () => {
    const passed = { id: 'cause', title: 'Names the cause', passed: true };
    const trial = { model: 'a/x', tasks: [passed], of: 5, firstTokenMs: 20, tokensPerSecond: null, cost: 0, error: null };
    const events: TrialEvent[] = [
      { type: 'task', model: 'a/x', task: passed, of: 5 },
      { type: 'tried', trial },
    ];
    const [first, second] = events.map((_event, index) => events.slice(0, index + 1).reduce(trialWith, noTrial(['a/x', 'b/y'])));
    expect(first).toMatchObject([
      { model: 'a/x', done: 1, of: 5, result: null },
      { model: 'b/y', done: 0, result: null },
    ]);
    expect(second).toMatchObject([{ model: 'a/x', done: 1, result: { firstTokenMs: 20 } }, { model: 'b/y' }]);
  });
});
