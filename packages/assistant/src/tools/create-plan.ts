import { planRequestSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { seenRef } from './find-object.ts';
import { openIssue } from './get-issue.ts';

export const createPlan = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'create_plan',
    title: 'Create a plan',
    description: 'A plan for an issue: steps with the kubectl command, how to see that each worked, and how to take it back. Nothing is executed.',
    permission: 'plan.create',
    effect: 'read',
    timeLimit: 60_000,
    input: z.object(planRequestSchema.shape),
    async run(request, signal) {
      const checked = await cluster.checked(signal);
      const { cause, affected } = openIssue(checked, request.issueId);
      return { value: checked.plan(request), seen: [...(cause === null ? [] : [cause]), ...affected].map(seenRef) };
    },
  });
