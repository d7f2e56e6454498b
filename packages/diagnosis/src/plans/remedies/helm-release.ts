import { numberFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { inNamespace, proposal } from './step.ts';

/** Helm is not driven by a plan: which revision is right is a person's to say. */
export const helmReleaseRemedy = defineRemedy({
  mechanisms: ['helm-release-pending', 'helm-release-failed'],
  propose({ cause, facts, mechanism }) {
    const release = stringFact(facts, 'release') ?? cause.name;
    const [revision, previous] = [numberFact(facts, 'revision'), numberFact(facts, 'previous')];
    const place = cause.namespace === null ? '' : ` -n ${cause.namespace}`;
    const back = previous > 0;
    const look = {
      description: `See what helm recorded of release ${release}`,
      kubectl: inNamespace(cause, ['get', cause.kind.toLowerCase(), '-l', `owner=helm,name=${release}`, '-L', 'version,status']),
      validation: `The newest revision says ${back ? 'deployed' : 'something else than pending'} once it is mended.`,
      rollback: null,
      impact: 'none' as const,
    };
    const pending = mechanism === 'helm-release-pending';
    return proposal(`${pending ? 'End' : 'Undo or repeat'} the operation of Helm release ${release} that ${pending ? 'never ended' : 'failed'}.`, [look], {
      assumptions: pending ? ['No helm process works on the release any more.'] : [],
      decisions: [
        back
          ? {
              description: `go back to revision ${previous}`,
              command: `helm rollback ${release} ${previous}${place}`,
              destroys: `What revision ${revision} changed is undone; data that its hooks changed stays as it is.`,
            }
          : {
              description: 'remove the release that was never installed, and install it again',
              command: `helm uninstall ${release}${place}`,
              destroys: 'Every object that the first attempt made is deleted, volume claims of StatefulSets excepted.',
            },
        ...(pending
          ? []
          : [
              {
                description: 'repeat the upgrade once its cause is mended',
                command: `helm upgrade ${release} CHART --reuse-values${place}`,
                destroys: 'Nothing is deleted that the chart still has.',
              },
            ]),
      ],
      evidenceToGather: [`helm history ${release}${place} tells what the failed revision said.`],
      recommendations: ['Upgrade with --atomic (or --rollback-on-failure) and a timeout, so that a failed upgrade is undone by helm itself.'],
    });
  },
});
