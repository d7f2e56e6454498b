import { kubectlCommand, previewChange } from '@quarterdeck/cluster';
import { type Change, changeSchema, type Proposal } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import type { ToolOutcome } from './assistant-tool.ts';
import { defineAssistantTool } from './define-tool.ts';
import { actionProposal, type ProposeAction, summaryOf, toldOf } from './propose-action.ts';

export const proposeChange = (cluster: AskedCluster, propose: ProposeAction | null) =>
  defineAssistantTool({
    name: 'propose_change',
    title: 'Propose a change',
    description:
      'Proposes one change of one object. It is tried without being kept, and a person is shown what it would do and decides. Nothing is changed by this call, and nothing may be said to be done because of it.',
    permission: 'action.propose',
    effect: 'propose',
    input: z.object({ change: changeSchema, reason: z.string().max(1000).default('').describe('Why, in a sentence.') }),
    run({ change, reason }, signal) {
      return propose === null ? previewed(cluster, { change, reason }, signal) : kept(propose, { change, reason }, signal);
    },
  });

interface Wanted {
  change: Change;
  reason: string;
}

async function kept(propose: ProposeAction, { change, reason }: Wanted, signal: AbortSignal): Promise<ToolOutcome> {
  const action = await propose({ steps: [{ change }] }, signal);
  if (action === null) return { value: 'Nothing would change.', seen: [] };
  const seen = action.steps.map(({ change: { target }, preview }) => seenAs(target, preview?.resourceVersion ?? null));
  return { value: toldOf(action), seen, proposal: actionProposal(action, reason) };
}

async function previewed({ access }: AskedCluster, { change, reason }: Wanted, signal: AbortSignal): Promise<ToolOutcome> {
  const preview = await previewChange(access, change, signal);
  const proposal: Proposal = { summary: summaryOf(preview.change, preview), kubectl: kubectlCommand(preview.change), action: null, preview, reason };
  return { value: proposal, seen: [seenAs(preview.change.target, preview.resourceVersion)], proposal };
}

function seenAs({ kind, namespace, name }: Change['target'], resourceVersion: string | null) {
  return { kind, namespace, name, resourceVersion };
}
