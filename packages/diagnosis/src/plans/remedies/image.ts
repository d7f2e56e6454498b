import type { Incident } from '../../model/incident.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { isReady } from '../../pods/containers.ts';
import { templateContainer, workloadAt } from '../../pods/workload.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { undoRollout } from './incident-rollout.ts';
import { inNamespace, proposal, rolloutValidation, target } from './step.ts';
import { changed, type Proposed } from './template-change.ts';

const recommendations = ['Check that the image exists before a template that names it is applied, or pin images by digest.'];

/** The revision before, else a tag of the same repository that runs well here. */
export const imageRemedy = defineRemedy({
  mechanisms: ['image-unavailable'],
  propose(incident, view) {
    const undo = undoRollout(incident);
    if (undo !== null) return { ...undo, recommendations: [...undo.recommendations, ...recommendations] };
    const { container, image, pullClass, meant } = incident.facts;
    const { cause } = incident;
    const working = incident.facts.working ?? (runsSomewhere(meant, view) ? meant : null);
    if (pullClass === 'never-pull' && typeof working !== 'string' && typeof container === 'string') return pulled(incident, container, view);
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

function runsSomewhere(image: unknown, view: ClusterView): boolean {
  return view.list('Pod').some((pod) => isReady(pod) && (pod.spec?.containers ?? []).some((container) => container.image === image));
}

/** The image is asked for by a name that nothing else runs: the registry may have it, which the policy does not let the kubelet ask. */
function pulled(incident: Incident, name: string, view: ClusterView): Proposed {
  const workload = workloadAt(incident.cause, view);
  const container = workload === null ? null : templateContainer(workload, name);
  if (container === null) return { missing: [`The template of container ${name}.`] };
  const path = `${container.path}.imagePullPolicy`;
  return changed(incident, view, {
    description: `Let the kubelet pull the image of ${name} (imagePullPolicy IfNotPresent)`,
    operations: [{ op: 'replace', path, value: 'IfNotPresent' }],
    undo: [{ op: 'replace', path, value: 'Never' }],
    assumption: 'A registry that the node reaches has the image; with Never it has to be put on every node by hand.',
  });
}
