import { listFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy, type RemedyStep } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { hasRollout, inNamespace, proposal, restartStep } from './step.ts';

/** Who writes it stops first: whatever is mended before is set back at the next run. */
export const changedBackRemedy = defineRemedy({
  mechanisms: ['changed-back'],
  propose({ cause, facts }) {
    const [target, path, manager] = [stringFact(facts, 'target'), stringFact(facts, 'path'), stringFact(facts, 'manager')];
    const fields = listFact(facts, 'fields').join(', ');
    const isCronJob = cause.kind === 'CronJob';
    const look: RemedyStep = {
      description: `Read what ${cause.kind} ${cause.name} writes into ${target} (${path})`,
      kubectl: inNamespace(cause, ['get', cause.kind.toLowerCase(), cause.name, '-o', 'yaml']),
      validation: `Its text names ${target}; kubectl get shows that ${fields} was written by ${manager}.`,
      rollback: null,
      impact: 'none',
    };
    const stop = isCronJob
      ? commandLine(inNamespace(cause, ['patch', 'cronjob', cause.name, '--type=merge', '-p', '{"spec":{"suspend":true}}']))
      : commandLine(inNamespace(cause, ['scale', `${cause.kind.toLowerCase()}/${cause.name}`, '--replicas=0']));
    return proposal(`Correct what ${cause.kind} ${cause.name} writes into ${target}, then mend ${target}: the other way round it comes back.`, [look], {
      decisions: [
        {
          description: `stop ${cause.kind} ${cause.name} until it is corrected`,
          command: stop,
          destroys: isCronJob
            ? `Its runs do not happen while it is suspended, whatever else they do; set suspend to false to have them again.`
            : `Nothing does its work while it has no pods; scale it up again when it is corrected.`,
        },
      ],
      assumptions: [`${fields} of ${target} is not meant to be what ${cause.kind} ${cause.name} writes.`],
      evidenceToGather: [
        `Which value ${fields} of ${target} should have: ${cause.kind} ${cause.name} is the only one that wrote it, and Kubernetes keeps no value from before.`,
      ],
      recommendations: [`Let one writer own ${fields} of ${target}; server-side apply without --force-conflicts refuses a second one.`],
    });
  },
});

/** A restart reads the configuration as it is now. */
export const staleConfigurationRemedy = defineRemedy({
  mechanisms: ['configuration-stale'],
  propose({ cause, facts }) {
    const [holder, change] = [stringFact(facts, 'holder'), stringFact(facts, 'change')];
    if (!hasRollout(cause)) return { missing: [`Whether ${cause.kind} ${cause.name} may be made anew: only a new pod reads what ${holder} holds now.`] };
    return proposal(
      `Restart ${cause.kind} ${cause.name}, so that it reads what ${holder} holds now.`,
      [restartStep(cause, `it reads ${holder} as it is now`)],
      {
        assumptions: [`What ${holder} holds now is right (${change}, by ${stringFact(facts, 'by')}).`],
        recommendations: [
          `Put a hash of ${holder} into the annotations of the pod template, or give it a new name with every change: then a change rolls out by itself.`,
        ],
      },
    );
  },
});
