import { refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import { fieldEvidence, timeOf } from '../pods/evidence.ts';

export type RolloutPausedFacts = { updated: number; desired: number; ready: number };

export const workloadRolloutPaused = defineCode<RolloutPausedFacts>({
  code: 'workload-rollout-paused',
  title: 'Rollout is paused before its template runs',
  documentation:
    'The Deployment is paused (spec.paused) and its pod template has changed since: the change waits until somebody resumes the rollout. A paused Deployment whose pods all run the present template is not reported.',
  silentWhen: 'The template has not changed since the pause.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 0,
  message: (facts) => `Paused: ${facts.updated} of ${facts.desired} pods run the present template, ${facts.ready} pods are ready.`,
});

/** Time to look at a canary on purpose; what waits longer has been forgotten as often as not. */
const patienceMs = 30_000;

export const deploymentRolloutPaused: AnyAnalyser = defineAnalyser({
  id: 'rollout-paused',
  kind: 'Deployment',
  reads: [],
  codes: [workloadRolloutPaused],
  *analyse(deployment, view) {
    const status = deployment.status ?? {};
    const desired = deployment.spec?.replicas ?? 1;
    const updated = status.updatedReplicas ?? 0;
    const observed = (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0);
    if (deployment.spec?.paused !== true || !observed || updated >= desired || deployment.metadata.deletionTimestamp !== undefined) return;
    const paused = status.conditions?.find((condition) => condition.type === 'Progressing' && condition.reason === 'DeploymentPaused');
    const since = timeOf(paused?.lastUpdateTime) ?? timeOf(paused?.lastTransitionTime) ?? timeOf(deployment.metadata.creationTimestamp);
    if (since !== null && !view.passed(since + patienceMs)) return;
    const object = refOf(deployment);
    const ready = status.readyReplicas ?? 0;
    yield {
      code: workloadRolloutPaused.code,
      object,
      discriminator: '',
      severity: ready === 0 ? 'high' : 'medium',
      since,
      facts: { updated, desired, ready },
      evidence: [
        fieldEvidence(object, 'spec.paused', 'true', { decisive: true }),
        fieldEvidence(object, 'status.updatedReplicas', updated, { text: `${updated} of ${desired} pods run the present template` }),
      ],
    };
  },
});
