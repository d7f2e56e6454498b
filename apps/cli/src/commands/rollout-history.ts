import type { ObjectRef, RolloutRevision } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, selectionInput } from '../changes/change-options.ts';
import type { ChangeSession } from '../changes/change-session.ts';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

const { kubeconfig, context, namespace } = changeInput;

const input = z.object({
  ...{ kubeconfig, context, namespace },
  targets: selectionInput.targets,
  revision: z.coerce.number('must be a number').int().positive().optional(),
  diff: z.coerce.number('must be a number').int().positive().optional(),
  output: z.enum(['json', 'yaml']).optional(),
});

export const rolloutHistory = defineCommand({
  name: 'rollout history',
  summary: 'List the revisions of a workload',
  input,
  arguments: {},
  rest: ['targets', 'TYPE NAME, or TYPE/NAME'],
  options: {
    revision: { value: 'number', description: 'Show the pod template of this revision' },
    diff: { value: 'number', description: 'With --revision: what differs between this one and that' },
    output: { short: 'o', value: 'json|yaml', description: 'Print the revisions in this form' },
    namespace: changeOptions.namespace,
    kubeconfig: changeOptions.kubeconfig,
    context: changeOptions.context,
  },
  examples: [
    ['rollout history deploy/web', 'what was rolled out'],
    ['rollout history deploy/web --revision 4 --diff 3', 'what the last rollout changed'],
  ],
  async run(typed, commandContext) {
    const [{ withCluster }, { selectTargets }] = await Promise.all([import('../changes/change-session.ts'), import('../changes/select-targets.ts')]);
    return withCluster({ ...typed, output: undefined, dryRun: 'none' }, commandContext, async (session) => {
      for (const target of await selectTargets(session, typed)) commandContext.out.write(await historyText(session, target, typed));
      return 0;
    });
  },
});

async function historyText(
  { access, context: { signal } }: ChangeSession,
  target: ObjectRef,
  { revision, diff, output }: z.output<typeof input>,
): Promise<string> {
  const { compareRevisions, findRevision, readHistory, readRollout } = await import('@quarterdeck/cluster');
  const { resourceName } = await import('../changes/change-session.ts');
  if (revision === undefined) {
    const { revisions } = await readRollout(access, target, signal);
    return output === undefined ? `${resourceName(target)} \n${table(revisions)}\n` : structured(revisions, output);
  }
  if (diff !== undefined) return (await compareRevisions(access, target, { from: diff, to: revision }, signal)).diff.text;
  const { workload, revisions } = await readHistory(access, target, signal);
  const { template } = findRevision(workload, revisions, revision);
  return output === undefined ? `${resourceName(target)} with revision #${revision}\n${structured(template, 'yaml')}` : structured(template, output);
}

function table(revisions: readonly RolloutRevision[]): string {
  const images = (revision: RolloutRevision) => revision.images.map(({ image }) => image).join(',');
  const rows = [
    ['REVISION', 'CHANGE-CAUSE', 'IMAGES'],
    ...revisions.map((revision) => [String(revision.revision), revision.changeCause ?? '<none>', images(revision)]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`).join('');
}
