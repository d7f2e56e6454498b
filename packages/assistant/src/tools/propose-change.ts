import { kubectlCommand, previewChange } from '@quarterdeck/cluster';
import { type ChangePreview, changeSchema, type Proposal, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';

export const proposeChange = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'propose_change',
    title: 'Propose a change',
    description:
      'Proposes one change of one object. It is tried without being kept, and a person is shown what it would do and decides. Nothing is changed by this call, and nothing may be said to be done because of it.',
    permission: 'resource.read',
    effect: 'propose',
    input: z.object({ change: changeSchema, reason: z.string().max(1000).default('').describe('Why, in a sentence.') }),
    async run({ change, reason }, signal) {
      const preview = await previewChange(cluster.access, change, signal);
      const { kind, namespace, name } = preview.change.target;
      const proposal: Proposal = { summary: summaryOf(preview), kubectl: kubectlCommand(preview.change), preview, reason };
      return { value: proposal, seen: [{ kind, namespace, name, resourceVersion: preview.resourceVersion }] };
    },
  });

/** `PATCH deployments shop/web: 1 field changes (.spec.replicas); disruptive: it stops all pods`. */
function summaryOf({ request, change, diff, danger, impact }: ChangePreview): string {
  const fields = diff.fields.map(({ path }) => path);
  const shown = fields.slice(0, 5).join(', ');
  const count = fields.length === 1 ? '1 field changes' : `${fields.length} fields change`;
  const what = fields.length === 0 ? 'no field changes' : `${count} (${shown}${fields.length > 5 ? ', …' : ''})`;
  const why = danger.reason === '' ? danger.danger : `${danger.danger}: ${danger.reason}`;
  return `${request.subject.verb} ${request.subject.resource} on ${refLabel(change.target)}: ${what}. ${why}. ${impact.note}`.trim();
}
