import { refTo } from '@quarterdeck/contract';
import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { patchStep, proposal, restartStep } from './step.ts';

/** Lets the client read the value that the server reads: proven equal to what is expected, and never shown. */
export const credentialsRemedy = defineRemedy({
  mechanisms: ['credentials-differ'],
  propose(incident, view) {
    const { client, referencePath, rightSecret, rightKey, oddKey } = incident.facts;
    const deployment = typeof client === 'string' ? view.get('Deployment', incident.cause.namespace, client.replace(/^\w+ /, '')) : undefined;
    const workload = deployment === undefined ? null : workloadAt(refTo('Deployment', incident.cause.namespace, deployment.metadata.name), view);
    if (
      workload === null ||
      typeof referencePath !== 'string' ||
      typeof rightSecret !== 'string' ||
      typeof rightKey !== 'string' ||
      typeof oddKey !== 'string'
    ) {
      return { missing: [`Which of the two values is right: compare Secret ${incident.cause.name} with Secret ${String(rightSecret)} at their source.`] };
    }
    const before = { name: incident.cause.name, key: oddKey };
    const step = patchStep(
      { ref: workload.ref, description: `Read key ${rightKey} of Secret ${rightSecret}, the one that the server reads`, impact: 'medium' },
      [{ op: 'replace', path: referencePath, value: { name: rightSecret, key: rightKey } }],
      [{ op: 'replace', path: referencePath, value: before }],
    );
    return proposal(`Let ${workload.ref.kind} ${workload.ref.name} read the credential from Secret ${rightSecret}, which the server itself reads.`, [step], {
      assumptions: [
        `The server expects what key ${rightKey} of Secret ${rightSecret} holds; fingerprints say that Secret ${incident.cause.name} holds something else.`,
      ],
      recommendations: [
        `Write Secret ${incident.cause.name} anew from its source, encoded once (stringData), then point the reference back. Keep a credential in one Secret only.`,
      ],
    });
  },
});

/** Pods that started before the Secret changed read it again when they start. */
export const staleCredentialsRemedy = defineRemedy({
  mechanisms: ['credentials-stale'],
  propose(incident) {
    const step = restartStep(incident.cause, `its pods read Secret ${String(incident.facts.secret)} again`);
    return proposal(`Restart ${incident.cause.kind} ${incident.cause.name} with the Secret as it is now.`, [step], {
      recommendations: ['Restart consumers whenever a Secret changes: a checksum annotation in the pod template does it.'],
    });
  },
});
