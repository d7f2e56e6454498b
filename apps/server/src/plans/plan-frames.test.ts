import { AppError, type DraftedPlan, type PlanFrame } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { planFrames } from './plan-frames.ts';

const plan = { quickFix: { summary: 'x', assumptions: [], steps: [], fallback: '' }, rootCauseHypotheses: [], evidenceToGather: [], recommendations: [] };
const drafted: DraftedPlan = { plan, source: { by: 'played' }, offline: plan };

async function all(frames: AsyncIterable<PlanFrame>): Promise<PlanFrame[]> {
  const found: PlanFrame[] = [];
  for await (const frame of frames) found.push(frame);
  return found;
}

describe('the frames of a plan', () => {
  it('tell what is done in order, and end with the plan', async () => {
    const frames = planFrames(async (doing) => {
      doing('reading', null);
      await Promise.resolve();
      doing('asking', 'openai/gpt');
      return drafted;
    });
    expect(await all(frames)).toEqual([
      { type: 'doing', doing: 'reading', model: null },
      { type: 'doing', doing: 'asking', model: 'openai/gpt' },
      { type: 'planned', drafted },
    ]);
  });

  it('end with why there is none', async () => {
    const frames = planFrames(() => Promise.reject(new AppError('NOT_FOUND', 'There is no such issue.', { hint: 'List them.' })));
    expect(await all(frames)).toEqual([{ type: 'failed', error: { code: 'NOT_FOUND', message: 'There is no such issue.', hint: 'List them.' } }]);
  });
});
