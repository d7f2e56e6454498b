import type { Incident } from '../../model/incident.ts';
import type { RemedyProposal } from '../../model/remedy.ts';
import { proposal, undoStep } from './step.ts';

/** Going back, where an older revision of the Deployment still serves; null where there is none. */
export function undoRollout(incident: Incident): RemedyProposal | null {
  const { revision, servingRevision } = incident.facts;
  if (incident.cause.kind !== 'Deployment' || typeof servingRevision !== 'string') return null;
  return proposal(`Roll ${incident.cause.kind} ${incident.cause.name} back to revision ${servingRevision}.`, [undoStep(incident.cause, servingRevision)], {
    assumptions: [`Revision ${servingRevision} is what should run until revision ${revision} is mended.`],
    recommendations: ['Let the delivery pipeline wait for kubectl rollout status and go back by itself when it fails.'],
  });
}
