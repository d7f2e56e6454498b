import { type ObjectRef, refOf } from '@quarterdeck/contract';
import { type BreakingRevision, breakingRevision } from '../changes/breaking-revision.ts';
import { hasRevisions } from '../changes/revisions.ts';
import { fieldChangesText } from '../changes/template-diff.ts';
import type { Incident } from '../model/incident.ts';
import type { RemedyProposal } from '../model/remedy.ts';
import { isReady } from '../pods/containers.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { commandLine } from './kubectl-command.ts';
import { proposal, undoStep } from './remedies/step.ts';

/** A rollout that broke the workload of an incident, and the revision that was well before it. */
export interface GoingBack {
  workload: ObjectRef;
  broken: BreakingRevision;
}

const proofs: Record<NonNullable<BreakingRevision['proof']>, string> = {
  serves: 'it still serves',
  'was-available': 'the workload was available with it',
  'was-complete': 'it was rolled out to the end',
  'ran-before': 'it ran before, and nothing tells that it did not work',
};

/** Null where going back would not mend it: the last good revision is not known, or has the same template. */
export function goingBack(incident: Incident, view: ClusterView): GoingBack | null {
  const owners = incident.causeExists ? [] : incident.findings.map(({ object }) => view.topOwner(object));
  const workload = [incident.cause, ...owners].find(hasRevisions);
  const broken = workload === undefined ? null : breakingRevision(workload, incident.since, view);
  return workload === undefined || broken === null || broken.proof === null || broken.fields.length === 0 ? null : { workload, broken };
}

/** Back to the last good revision, where nothing else is known to mend it. */
export function rollbackProposal(back: GoingBack, missing: readonly string[], view: ClusterView): RemedyProposal {
  const { workload, broken } = back;
  const { before, current, proof } = broken;
  return proposal(
    `Roll ${workload.kind} ${workload.name} back to revision ${before.number}, ${proof === 'ran-before' ? 'with which it ran before' : 'the last good one'}.`,
    [
      {
        ...undoStep(workload, String(before.number)),
        description: `Go back to revision ${before.number}: ${proof === null ? 'it was there before' : proofs[proof]}`,
      },
    ],
    {
      assumptions: [
        `Revision ${before.number} is what should run until revision ${current.number} is mended: ${proof === null ? 'it was there before' : proofs[proof]}. What goes with it: ${fieldChangesText(broken.fields)}.`,
        ...(dataWarning(workload) ?? []),
      ],
      decisions: stuckPods(workload, view),
      evidenceToGather: [...missing],
      recommendations: ['Let the delivery pipeline wait for kubectl rollout status and go back by itself when it fails.'],
    },
  );
}

/** A StatefulSet that starts its pods in order waits for a broken one for ever, also to go back: somebody has to take it away. */
function stuckPods({ kind, namespace, name }: ObjectRef, view: ClusterView): RemedyProposal['decisions'] {
  const set = kind === 'StatefulSet' ? view.get('StatefulSet', namespace, name) : undefined;
  if (set === undefined || set.spec?.podManagementPolicy === 'Parallel') return [];
  const broken = view.podsOf(refOf(set)).filter((pod) => !isReady(pod) && pod.metadata.labels?.['controller-revision-hash'] === set.status?.updateRevision);
  return broken.slice(0, 1).map(({ metadata }) => ({
    description: `delete pod ${metadata.name} after the rollback, where it is not replaced by itself`,
    command: commandLine(['delete', 'pod', metadata.name, ...(namespace === null ? [] : ['-n', namespace])]),
    destroys: `The StatefulSet starts its pods in order and waits for the broken one. The pod is made again at once; its volumes stay.`,
  }));
}

function dataWarning({ kind, name }: ObjectRef): string[] | null {
  return kind === 'StatefulSet' ? [`The data of StatefulSet ${name} is still in the form that revision expects: it did not migrate anything.`] : null;
}

/** The same as a last resort, where a better repair is proposed. */
export function rollbackText(incident: Incident, view: ClusterView): string | null {
  const back = goingBack(incident, view);
  if (back === null) return null;
  const { kubectl } = undoStep(back.workload, String(back.broken.before.number));
  return `Or go back to revision ${back.broken.before.number}: ${commandLine(kubectl ?? [])}.`;
}

/** Whether going back would bring another image. */
export function undoesImage(incident: Incident, view: ClusterView): boolean {
  const back = goingBack(incident, view);
  return back === null ? typeof incident.facts.image === 'string' : back.broken.fields.some(({ path }) => /\.image$/.test(path));
}
