import { AppError, type IssueDetail } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster, CheckedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { seenRef } from './find-object.ts';

export const issueId = z.string().min(1).max(200).describe('The id from list_issues.');

export const getIssue = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'get_issue',
    title: 'Get an issue',
    description: 'One issue with its evidence, the chain from the cause to each symptom, recent changes and what could not be seen.',
    permission: 'issue.read',
    effect: 'read',
    timeLimit: 60_000,
    input: z.object({ id: issueId }),
    async run({ id }, signal) {
      const issue = openIssue(await cluster.checked(signal), id);
      return { value: issue, seen: [...(issue.cause === null ? [] : [issue.cause]), ...issue.affected].map(seenRef) };
    },
  });

/** Throws NOT_FOUND. */
export function openIssue({ issues }: CheckedCluster, id: string): IssueDetail {
  const found = issues.find((issue) => issue.id === id);
  if (found !== undefined) return found;
  throw new AppError('NOT_FOUND', `There is no issue ${id} now.`, { hint: 'It may have gone away. Call list_issues to see what is open.' });
}
