import { defineRemedy } from '../../model/remedy.ts';
import { undoRollout } from './incident-rollout.ts';
import { inNamespace, proposal, rolloutValidation, target } from './step.ts';

const recommendations = ['Check that the image exists before a template that names it is applied, or pin images by digest.'];

/** The revision before, else a tag of the same repository that runs well here. */
export const imageRemedy = defineRemedy({
  mechanisms: ['image-unavailable'],
  propose(incident) {
    const undo = undoRollout(incident);
    if (undo !== null) return { ...undo, recommendations: [...undo.recommendations, ...recommendations] };
    const { container, image, working } = incident.facts;
    const { cause } = incident;
    if (typeof working !== 'string' || typeof container !== 'string' || typeof image !== 'string') {
      return {
        missing: [
          `Which image ${String(container)} should run: no other container of this cluster runs one of the same repository. List the tags in the registry.`,
        ],
      };
    }
    if (cause.kind === 'Job' || cause.kind === 'Pod')
      return { missing: [`${cause.kind} ${cause.name} cannot change its image in place: create it again with ${working}, which runs well here.`] };
    const step = {
      description: `Let container ${container} run ${working}`,
      kubectl: inNamespace(cause, ['set', 'image', target(cause), `${container}=${working}`]),
      validation: rolloutValidation(cause),
      rollback: `kubectl ${inNamespace(cause, ['set', 'image', target(cause), `${container}=${image}`]).join(' ')}`,
      impact: 'low' as const,
    };
    return proposal(`Set the image of ${container} to ${working}, which runs well in this cluster.`, [step], {
      assumptions: [`${working} is an acceptable version of ${image}.`],
      recommendations,
    });
  },
});
