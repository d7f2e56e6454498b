import type { Plan, PlanStep } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { planDifferences } from './plan-differences.ts';

const step = (stepId: string, kubectl: string | null, more: Partial<PlanStep> = {}): PlanStep => ({
  ...{ stepId, description: `what ${kubectl ?? stepId} is for`, kubectl, validation: 'look', rollback: null, impact: 'low' },
  ...more,
});
const plan = (...steps: PlanStep[]): Plan => ({
  quickFix: { summary: 's', assumptions: [], steps, fallback: '' },
  ...{ rootCauseHypotheses: [], evidenceToGather: [], recommendations: [] },
});
const image = 'kubectl set image deployment/api app=web:2 -n shop';
const restart = 'kubectl rollout restart deployment/api -n shop';

describe('what a plan makes of the engine’s', () => {
  it('sees what is added, changed and left out', () => {
    const offline = plan(step('1', image), step('2', restart));
    const { steps, removed } = planDifferences(
      plan(step('a', 'kubectl set image deployment/api app=web:3 -n shop'), step('b', 'kubectl get pods -n shop')),
      offline,
    );
    expect(steps.get('a')).toEqual({ is: 'changed', before: offline.quickFix.steps[0] });
    expect(steps.get('b')).toEqual({ is: 'added' });
    expect(removed.map(({ stepId }) => stepId)).toEqual(['2']);
  });

  it('does not mind other words, another order and other spaces', () => {
    const { steps, removed } = planDifferences(
      plan(step('b', restart, { description: 'so that it starts anew (E1)' }), step('a', image.replace(' -n', '  -n'))),
      plan(step('1', image), step('2', restart)),
    );
    expect([...steps.values()]).toEqual([{ is: 'same' }, { is: 'same' }]);
    expect(removed).toEqual([]);
  });

  it('minds another way back, another check and another impact', () => {
    const { steps } = planDifferences(plan(step('a', image, { rollback: 'kubectl rollout undo deployment/api' })), plan(step('1', image)));
    expect(steps.get('a')?.is).toBe('changed');
  });

  it('does not take an equal step for a changed one', () => {
    const offline = plan(step('1', `${image} --dry-run=server`), step('2', image));
    const { steps } = planDifferences(plan(step('a', image)), offline);
    expect(steps.get('a')).toEqual({ is: 'same' });
  });
});
