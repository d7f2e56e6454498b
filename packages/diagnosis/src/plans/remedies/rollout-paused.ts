import { defineRemedy } from '../../model/remedy.ts';
import { inNamespace, proposal, rolloutValidation, target } from './step.ts';

/** Lets the rollout go on with the template as it stands. */
export const rolloutPausedRemedy = defineRemedy({
  mechanisms: ['rollout-paused'],
  propose({ cause }) {
    const step = {
      description: `Resume the rollout of ${cause.kind} ${cause.name}`,
      kubectl: inNamespace(cause, ['rollout', 'resume', target(cause)]),
      validation: rolloutValidation(cause),
      rollback: `kubectl ${inNamespace(cause, ['rollout', 'pause', target(cause)]).join(' ')}`,
      impact: 'medium' as const,
    };
    return proposal(`Resume the paused rollout of ${cause.kind} ${cause.name}.`, [step], {
      assumptions: ['Nobody is looking at a canary of it right now.'],
      recommendations: ['Note who paused a rollout and until when in an annotation, and alert on a pause that outlasts it.'],
    });
  },
});
