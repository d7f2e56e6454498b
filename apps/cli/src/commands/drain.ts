import { type ActLog, type DrainEvent, type DrainPlan, exitCode, type ObjectRef } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, timeoutInput, yesInput, yesOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';
import { printable } from '../output/printable.ts';

const { kubeconfig, context } = changeInput;

const input = z.object({
  ...{ kubeconfig, context },
  ...yesInput,
  node: z.string().min(1),
  dryRun: changeInput.dryRun,
  ignoreDaemonsets: z.boolean().default(false),
  deleteEmptydirData: z.boolean().default(false),
  force: z.boolean().default(false),
  gracePeriod: z.coerce.number('must be a number of seconds').int().min(-1).default(-1),
  timeout: timeoutInput,
  podSelector: z.string().min(1).optional(),
});

export const drain = defineCommand({
  name: 'drain',
  summary: 'Empty a node of its pods, as far as their disruption budgets allow it',
  description:
    'Cordons the node, then evicts its pods; a pod that a budget needs is tried again until the budget allows it. Asks first on a terminal. Interrupted, it leaves the node cordoned.',
  input,
  arguments: { node: 'The node' },
  options: {
    ignoreDaemonsets: { description: 'Leave pods of DaemonSets where they are' },
    deleteEmptydirData: { description: 'Also pods with emptyDir volumes; their data is lost' },
    force: { description: 'Also pods that nothing will make anew' },
    gracePeriod: { value: 'seconds', description: "Time for the pods to end (default: each pod's own)" },
    timeout: { value: 'duration', description: 'When to give up (default: 0s, never)' },
    podSelector: { value: 'labels', description: 'Only pods with these labels' },
    dryRun: { value: 'none|client|server', description: 'Only show the plan' },
    ...yesOptions,
    kubeconfig: changeOptions.kubeconfig,
    context: changeOptions.context,
  },
  examples: [
    ['drain node-1 --ignore-daemonsets --dry-run=client', 'what it would do'],
    ['drain node-1 --ignore-daemonsets --delete-emptydir-data', 'do it'],
  ],
  async run(typed, commandContext) {
    const { readDrainPlan, startDrain } = await import('@quarterdeck/cluster');
    const { withCluster } = await import('../changes/change-session.ts');
    const { confirm } = await import('../changes/confirm.ts');
    const { out, signal } = commandContext;
    return withCluster(typed, commandContext, async (session) => {
      const options = optionsOf(typed);
      const plan = await readDrainPlan(session.access, typed.node, options, signal);
      if (typed.dryRun !== 'none' || plan.refused.length > 0) out.write(planText(plan));
      if (typed.dryRun !== 'none') return plan.refused.length > 0 ? exitCode.VALIDATION_ERROR : 0;
      if (plan.refused.length === 0)
        await confirm(session, `Drain node ${typed.node} of ${plan.evict.length} pods?`, { yes: typed.yes, confirm: typed.confirm, namespace: null });
      const run = async (acts: ActLog) => follow(await startDrain(session.access, typed.node, options, { acts, signal }), commandContext);
      return withActs(commandContext, session.access.id, run);
    });
  },
});

async function follow(events: AsyncIterable<DrainEvent>, { out, err }: CommandContext): Promise<number> {
  let last: DrainEvent | null = null;
  for await (const event of events) {
    last = event;
    const { line, to } = lineOf(event);
    if (line !== '') (to === 'out' ? out : err).write(`${line}\n`);
  }
  if (last?.type === 'cancelled') return exitCode.CANCELLED;
  return last?.type === 'done' ? 0 : exitCode.CLUSTER_ERROR;
}

function optionsOf(typed: z.output<typeof input>) {
  const { force, gracePeriod, podSelector } = typed;
  return {
    force,
    ignoreDaemonSets: typed.ignoreDaemonsets,
    deleteEmptyDirData: typed.deleteEmptydirData,
    timeoutSeconds: Math.ceil(typed.timeout),
    ...(gracePeriod < 0 ? {} : { gracePeriodSeconds: gracePeriod }),
    ...(podSelector === undefined ? {} : { podSelector }),
  };
}

function planText({ node, evict, skip, refused, budgets }: DrainPlan): string {
  const lines = [
    `node/${node}`,
    ...evict.map(({ pod, owner, notes }) => `  evict   ${place(pod)}${owner === null ? '' : ` (${owner})`}${notes.map((note) => ` ${note}`).join('')}`),
    ...skip.map(({ pod, note }) => `  skip    ${place(pod)}: ${note}`),
    ...refused.map(({ pod, note }) => `  refused ${place(pod)}: ${note}`),
    ...budgets.map(({ budget, blocks, note, pods }) => `  budget  ${place(budget)} over ${pods.length}: ${blocks ? 'blocks. ' : ''}${note}`),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function lineOf(event: DrainEvent): { line: string; to: 'out' | 'err' } {
  switch (event.type) {
    case 'cordoned':
      return { line: `node/${event.node} ${event.already ? 'already cordoned' : 'cordoned'}`, to: 'out' };
    case 'skipped':
      return { line: `Warning: ignoring ${place(event.pod)}: ${event.note}`, to: 'err' };
    case 'evicting':
      return { line: `evicting pod ${place(event.pod)}`, to: 'err' };
    case 'blocked':
      return { line: `waiting with pod ${place(event.pod)}: ${printable(event.message)}`, to: 'err' };
    case 'evicted':
      return { line: '', to: 'out' };
    case 'gone':
      return { line: `pod/${event.pod.name} evicted`, to: 'out' };
    case 'podFailed':
      return { line: `error when evicting pod ${place(event.pod)}: ${printable(event.error.error)}`, to: 'err' };
    case 'done':
      return { line: `node/${event.node} drained`, to: 'out' };
    case 'cancelled':
    case 'failed':
      return {
        line: `node/${event.node} not drained: ${printable(event.message)} ${event.left.length === 1 ? '1 pod is' : `${event.left.length} pods are`} left.`,
        to: 'err',
      };
  }
}

function place({ namespace, name }: ObjectRef): string {
  return namespace === null ? name : `${namespace}/${name}`;
}
