import type { ObjectRef } from '@quarterdeck/contract';
import { isBudgetFacts } from '../../causes/disruption-budget.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { freeOn, requestOf } from '../../scheduling/node-fit.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, proposal } from './step.ts';

/** One replica more frees one disruption, where the budget counts pods and nothing but the pods has to be shared. */
export const disruptionBudgetRemedy = defineRemedy({
  mechanisms: ['disruption-budget-allows-nothing'],
  propose({ cause, facts }, view) {
    if (!isBudgetFacts(facts)) return { missing: ['What the budget says.'] };
    const guarded = [
      ...new Map(
        view
          .outgoing(cause, 'guards')
          .map(({ to }) => view.topOwner(to))
          .map((ref) => [ref.name, ref]),
      ).values(),
    ];
    const [workload] = guarded;
    const decision = {
      description: 'let the budget allow one disruption at a time',
      command: commandLine(
        inNamespace(cause, ['patch', 'poddisruptionbudget', cause.name, '--type=merge', '-p', '{"spec":{"minAvailable":null,"maxUnavailable":1}}']),
      ),
      destroys: `While a node is drained, ${facts.pods === 1 ? 'the only pod goes and the workload is down until it runs elsewhere' : 'one pod is missing'}.`,
    };
    const scaled =
      workload !== undefined && guarded.length === 1 && facts.field === 'minAvailable' && /^\d+$/.test(facts.value)
        ? scaleUp(workload, cause, facts.pods, view)
        : null;
    const recommendations = ['Set maxUnavailable: 1 in budgets and run at least two replicas of what must stay up during drains.'];
    if (scaled !== null) return { ...scaled, decisions: [decision], recommendations };
    return proposal(
      `PodDisruptionBudget ${cause.name} can only be loosened by a decision: another replica would not free a disruption, or cannot be added safely.`,
      [look(cause)],
      { decisions: [decision], recommendations },
    );
  },
});

function look(budget: ObjectRef) {
  return {
    description: `Read what PodDisruptionBudget ${budget.name} allows now`,
    kubectl: inNamespace(budget, ['get', 'poddisruptionbudget', budget.name, '-o', 'wide']),
    validation: 'ALLOWED DISRUPTIONS is at least 1.',
    rollback: null,
    impact: 'none' as const,
  };
}

function scaleUp(workload: ObjectRef, budget: ObjectRef, pods: number, view: ClusterView): RemedyProposal | null {
  const deployment = workload.kind === 'Deployment' ? view.get('Deployment', workload.namespace, workload.name) : undefined;
  if (deployment === undefined || (deployment.spec?.replicas ?? 1) !== pods || !canGrow(workload, view)) return null;
  const command = (replicas: number) => inNamespace(workload, ['scale', `deployment/${workload.name}`, `--replicas=${replicas}`]);
  const step = {
    description: `Run ${pods + 1} replicas of Deployment ${workload.name}`,
    kubectl: command(pods + 1),
    validation: `${commandLine(inNamespace(budget, ['get', 'poddisruptionbudget', budget.name]))} shows ALLOWED DISRUPTIONS 1.`,
    rollback: commandLine(command(pods)),
    impact: 'low' as const,
  };
  return proposal(`Run one replica more of Deployment ${workload.name}, so that one may be evicted.`, [step], {
    assumptions: [
      `Deployment ${workload.name} may run with ${pods + 1} replicas: its pods keep no data of their own and need no lock.`,
      'A node has room for one more pod; a quota of the namespace, if there is one, too.',
    ],
  });
}

/** No volume that only one pod may write, no autoscaler that owns the number, and a node with room. */
function canGrow(workload: ObjectRef, view: ClusterView): boolean {
  const template = workloadAt(workload, view);
  if (template === null || (template.spec.volumes ?? []).some((volume) => volume.persistentVolumeClaim !== undefined)) return false;
  if (view.incoming(workload, 'scales').length > 0) return false;
  const nodes = view.list('Node').filter((node) => node.spec?.unschedulable !== true);
  const pods = view.list('Pod');
  return nodes.some((node) => ['cpu', 'memory'].every((resource) => freeOn(node, resource, pods) >= requestOf(template.spec, resource)));
}
