import { planRequestSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { seenRef } from './find-object.ts';
import { openIssue } from './get-issue.ts';
import { actionProposal, type ProposeAction, toldOf } from './propose-action.ts';

export const createPlan = (cluster: AskedCluster, propose: ProposeAction | null) =>
  defineAssistantTool({
    name: 'create_plan',
    title: 'Create a plan',
    description: 'A plan for an issue: steps with the kubectl command, how to see that each worked, and how to take it back. Nothing is executed.',
    permission: 'plan.create',
    effect: propose === null ? 'read' : 'propose',
    timeLimit: 60_000,
    input: z.object(planRequestSchema.shape),
    async run(request, signal) {
      const checked = await cluster.checked(signal);
      const { cause, affected } = openIssue(checked, request.issueId);
      const plan = checked.plan(request);
      const seen = [...(cause === null ? [] : [cause]), ...affected].map(seenRef);
      const { issueId, userContext } = request;
      const action = plan === null || propose === null ? null : await propose({ plan: { issueId, userContext } }, signal);
      return action === null ? { value: plan, seen } : { value: { plan, ...toldOf(action) }, seen, proposal: actionProposal(action, '') };
    },
  });
