import { type ObjectRef, refTo } from '@quarterdeck/contract';
import { listFact, numberFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, look, patchStep, proposal, rolloutValidation, undoStep } from './step.ts';

/** No command that a plan may use deletes a pod: a person does. */
export const brokenPodRemedy = defineRemedy({
  mechanisms: ['broken-pod-of-old-revision'],
  propose({ cause, facts }) {
    const pod = refTo('Pod', cause.namespace, stringFact(facts, 'pod') ?? '');
    const history = look(
      `See the revisions of ${cause.kind} ${cause.name}`,
      inNamespace(cause, ['rollout', 'history', `${cause.kind.toLowerCase()}/${cause.name}`]),
      'The newest is the mended one.',
    );
    return proposal(`Delete pod ${pod.name}, which still runs the broken template: it comes back with the mended one.`, [history], {
      decisions: [
        {
          description: `delete pod ${pod.name}`,
          command: commandLine(inNamespace(pod, ['delete', 'pod', pod.name])),
          destroys: 'The pod alone, which is made anew at once; its claims and their data stay.',
        },
      ],
      recommendations: [`Where the pods of ${cause.kind} ${cause.name} need no order, podManagementPolicy Parallel spares this.`],
    });
  },
});

export const updateRemedy = defineRemedy({
  mechanisms: ['update-not-rolled-out'],
  propose({ cause, facts }) {
    const outdated = listFact(facts, 'outdated');
    if (stringFact(facts, 'setting') === 'partition') {
      const path = 'spec.updateStrategy.rollingUpdate.partition';
      const value = Number(stringFact(facts, 'value'));
      const step = patchStep(
        { ref: cause, description: `Let the template of StatefulSet ${cause.name} roll out to all pods (partition 0)`, impact: 'medium' },
        [{ op: 'replace', path, value: 0 }],
        [{ op: 'replace', path, value }],
      );
      return proposal(`Roll the template of StatefulSet ${cause.name} out to ${outdated.join(', ')} too.`, [step], {
        assumptions: ['Nobody is looking at a canary of it right now.'],
      });
    }
    const pods = outdated.map((name) => refTo('Pod', cause.namespace, name));
    return proposal(
      `Delete the pods of ${cause.kind} ${cause.name} that run the former template, one after the other, each when the one before it is ready.`,
      [look('See which pods there are', inNamespace(cause, ['get', 'pods', '--show-labels']), 'All carry the same controller-revision-hash.')],
      {
        decisions: [
          {
            description: `replace ${outdated.join(', ')}`,
            command: pods.map((pod) => commandLine(inNamespace(pod, ['delete', 'pod', pod.name]))).join(' && '),
            destroys: 'The pods, which are made anew at once with the present template; claims and their data stay.',
          },
        ],
        recommendations: [`Use updateStrategy RollingUpdate, unless somebody has to watch over each pod. ${rolloutValidation(cause)}`],
      },
    );
  },
});

/** What a name alone makes again is made again; contents are nowhere in the cluster. */
export const neededObjectRemedy = defineRemedy({
  mechanisms: ['needed-object-gone'],
  propose(incident, view) {
    const { cause, facts } = incident;
    const [kind, name, meant] = ['kind', 'name', 'meant'].map((fact) => stringFact(facts, fact));
    if (typeof meant === 'string') return otherName(incident, meant);
    if (kind === 'ServiceAccount' && typeof name === 'string') return accountAnew(cause, name, stringFact(facts, 'workload') ?? '');
    return { missing: [whatItHeld(incident, view)] };
  },
});

function otherName({ cause, facts }: Incident, meant: string): RemedyProposal | { missing: string[] } {
  const [path, key, name, workload] = ['path', 'key', 'name', 'workload'].map((fact) => stringFact(facts, fact));
  if (typeof path !== 'string') return { missing: [`The exact field of ${workload} that holds the reference.`] };
  const wrong = key ?? name;
  const field = path.endsWith('KeyRef') ? `${path}.${typeof key === 'string' ? 'key' : 'name'}` : path;
  const step = patchStep(
    { ref: cause, description: `Refer to ${meant} instead of ${wrong}` },
    [{ op: 'replace', path: field, value: meant }],
    [{ op: 'replace', path: field, value: wrong }],
  );
  return proposal(`Let ${workload} refer to ${meant}, which exists.`, [step], { assumptions: [`${meant} is what was meant.`] });
}

function whatItHeld({ cause, facts }: Incident, view: ClusterView): string {
  const [kind, name, key, workload] = ['kind', 'name', 'key', 'workload'].map((fact) => stringFact(facts, fact));
  const twin =
    kind === 'ConfigMap' ? view.list('ConfigMap').find(({ metadata }) => metadata.name === name && metadata.namespace !== cause.namespace) : undefined;
  const source = twin === undefined ? `look for it in the source of ${workload}` : `one of that name exists in namespace ${twin.metadata.namespace}`;
  const inPods = numberFact(facts, 'runs') > 0 && (kind === 'ConfigMap' || kind === 'Secret');
  return `What ${typeof key === 'string' ? `key ${key} of ` : ''}${kind} ${name} held: ${source}${inPods ? ', or read it from a pod that still runs with it (its environment, its mounted files)' : ''}. Create it before anything restarts the pods.`;
}

function accountAnew(cause: ObjectRef, name: string, workload: string) {
  const step = {
    description: `Create ServiceAccount ${name}`,
    kubectl: inNamespace(cause, ['create', 'serviceaccount', name]),
    validation: `${commandLine(inNamespace(cause, ['get', 'serviceaccount', name]))} shows it.`,
    rollback: commandLine(inNamespace(cause, ['delete', 'serviceaccount', name])),
    impact: 'low' as const,
  };
  return proposal(`Create ServiceAccount ${name} again, as ${workload} runs as it.`, [step], {
    assumptions: ['Bindings that name it are still there; tokens of the former account stay invalid until pods restart.'],
  });
}

/** The former revision served: back to it, with a strategy that keeps pods next time. */
export const rolloutStrategyRemedy = defineRemedy({
  mechanisms: ['rollout-took-all-down'],
  propose({ cause, facts }, view) {
    const former = stringFact(facts, 'former') ?? '';
    const path = 'spec.strategy.rollingUpdate.maxUnavailable';
    const before = view.get('Deployment', cause.namespace, cause.name)?.spec?.strategy?.rollingUpdate?.maxUnavailable;
    const back = { ...undoStep(cause, former), description: `Go back to revision ${former}, which served before` };
    const keep = patchStep(
      { ref: cause, description: 'Let a rollout end a quarter of the pods at a time, not all' },
      [{ op: before === undefined ? 'add' : 'replace', path, value: '25%' }],
      before === undefined ? [{ op: 'remove', path }] : [{ op: 'replace', path, value: before }],
    );
    return proposal(`Bring revision ${former} of ${cause.kind} ${cause.name} back, and keep pods during the next rollout.`, [back, keep], {
      assumptions: [`Revision ${former} was well before it was replaced.`],
      recommendations: ['Leave maxUnavailable below 100 %, and give pods a readiness probe, so that a rollout stops at the first pod that does not get ready.'],
    });
  },
});
