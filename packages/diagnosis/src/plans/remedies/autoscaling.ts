import { listFact, numberFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, look, patchStep, proposal, target } from './step.ts';

/** Which of the two stays is their owners' to say; the younger came to what worked. */
export const autoscalerConflictRemedy = defineRemedy({
  mechanisms: ['hpa-conflict'],
  propose({ cause, facts }) {
    const [other, scaled] = [stringFact(facts, 'other') ?? '', stringFact(facts, 'target') ?? ''];
    const list = look(`See what scales ${scaled}`, ['get', 'horizontalpodautoscalers', '-n', cause.namespace ?? 'default'], `One autoscaler names ${scaled}.`);
    return proposal(`Let one HorizontalPodAutoscaler scale ${scaled}: move the metrics of both into one.`, [list], {
      decisions: [
        {
          description: `keep ${other} alone`,
          command: commandLine(inNamespace(cause, ['delete', 'horizontalpodautoscaler', cause.name])),
          destroys: `${scaled} is no longer scaled by the metrics of ${cause.name}. If KEDA or an operator made it, delete the object that it was made for instead, or it comes back.`,
        },
      ],
    });
  },
});

export const autoscalerKindRemedy = defineRemedy({
  mechanisms: ['hpa-cannot-scale'],
  propose({ cause, facts }) {
    const [kind, name] = [stringFact(facts, 'kind') ?? '', stringFact(facts, 'name') ?? ''];
    const drop = {
      description: `delete HorizontalPodAutoscaler ${cause.name}`,
      command: commandLine(inNamespace(cause, ['delete', 'horizontalpodautoscaler', cause.name])),
      destroys: `Nothing that works: it scales nothing.`,
    };
    return proposal(
      kind === 'DaemonSet'
        ? `Do without an autoscaler: a DaemonSet has one pod a node, and ${name} grows with the nodes.`
        : `Make the scale of ${kind} ${name} usable, or let the autoscaler name what it was meant for.`,
      [
        look(
          `See what HorizontalPodAutoscaler ${cause.name} says`,
          inNamespace(cause, ['describe', 'horizontalpodautoscaler', cause.name]),
          'AbleToScale is True.',
        ),
      ],
      { decisions: [drop] },
    );
  },
});

/** One replica more than none switches the autoscaler on again. */
export const autoscalerAtZeroRemedy = defineRemedy({
  mechanisms: ['hpa-target-at-zero'],
  propose({ cause, facts }) {
    const least = Math.max(1, numberFact(facts, 'minReplicas'));
    const command = inNamespace(cause, ['scale', target(cause), `--replicas=${least}`]);
    const step = {
      description: `Run ${least} ${least === 1 ? 'replica' : 'replicas'} of ${cause.kind} ${cause.name}, the least that its autoscaler asks for`,
      kubectl: command,
      validation: `kubectl get hpa ${stringFact(facts, 'autoscaler')} -n ${cause.namespace} shows ScalingActive again within a minute.`,
      rollback: commandLine(inNamespace(cause, ['scale', target(cause), '--replicas=0'])),
      impact: 'medium' as const,
    };
    return proposal(`Bring ${cause.kind} ${cause.name} back to ${least}, from where its autoscaler takes over.`, [step], {
      assumptions: ['It was not scaled to zero on purpose. If it was, delete or suspend its autoscaler as well, so that its state says so.'],
    });
  },
});

export const scaleUpRemedy = defineRemedy({
  mechanisms: ['hpa-scale-up-disabled'],
  propose({ cause }) {
    const path = 'spec.behavior.scaleUp.selectPolicy';
    const step = patchStep(
      { ref: cause, description: `Let HorizontalPodAutoscaler ${cause.name} scale up again` },
      [{ op: 'replace', path, value: 'Max' }],
      [{ op: 'replace', path, value: 'Disabled' }],
    );
    return proposal(
      `Allow HorizontalPodAutoscaler ${cause.name} to add replicas.`,
      [{ ...step, validation: `kubectl get hpa ${cause.name} -n ${cause.namespace} shows more replicas within a minute.` }],
      {
        assumptions: ['Scaling up was not switched off to protect something behind the workload (a database, a quota).'],
      },
    );
  },
});

/** The limit that a request needs beside it, where a default fills in a smaller one. */
export const limitBelowRequestRemedy = defineRemedy({
  mechanisms: ['default-limit-below-request'],
  propose({ cause, facts }, view) {
    const [workload, resource, requested, limit] = ['workload', 'resource', 'requested', 'limit'].map((name) => stringFact(facts, name) ?? '');
    const [kind = '', name = ''] = (workload ?? '').split(/[ /]/);
    const ref = { apiVersion: 'apps/v1', kind, namespace: cause.namespace, name };
    if (view.find(ref) === undefined || (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'DaemonSet'))
      return {
        missing: [`A ${resource} limit of at least ${requested} in the template of ${workload}, or a default of the LimitRange above it (now ${limit}).`],
      };
    const step = {
      description: `Set the ${resource} limit of ${workload} to its request of ${requested}`,
      kubectl: inNamespace(ref, ['set', 'resources', target(ref), `--limits=${resource}=${requested}`]),
      validation: `kubectl ${inNamespace(ref, ['rollout', 'status', target(ref), '--timeout=180s']).join(' ')} ends with success.`,
      rollback: null,
      impact: 'low' as const,
    };
    return proposal(`Set a ${resource} limit for ${workload}, so that the default of ${limit} is not filled in.`, [step], {
      assumptions: [`${requested} is enough as a limit; the request says that much is needed at least. All containers of the template get it.`],
    });
  },
});

/** What has to be set is known; how much is not. */
export const quotaDemandRemedy = defineRemedy({
  mechanisms: ['quota-would-refuse'],
  propose({ cause, facts }) {
    const [workloads, missing] = [listFact(facts, 'workloads'), listFact(facts, 'missing')];
    return {
      missing: [
        `How much the containers of ${workloads.join(', ')} need: ResourceQuota ${cause.name} demands ${missing.join(', ')}. Set it in their templates before anything restarts them, or add a LimitRange with defaults; ${commandLine(inNamespace(cause, ['top', 'pod', '--containers']))} shows what they use.`,
      ],
    };
  },
});
