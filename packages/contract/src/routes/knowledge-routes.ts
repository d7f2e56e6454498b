import * as z from 'zod';
import { issueFeedbackSchema } from '../issues/issue-feedback.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

/** What was learned of issues that are over. */
export const knowledgeRoutes = {
  rateIssue: defineRoute({
    id: 'rateIssue',
    method: 'POST',
    path: '/api/issues/:id/feedback',
    permission: 'issue.dismiss',
    effect: 'read',
    summary: 'Says of a resolved issue whether its cause was the right one, and what helped. The last word counts.',
    input: z.object({
      ...ofCluster,
      id: z.string().min(1).max(100),
      rating: issueFeedbackSchema.shape.rating,
      note: z.string().max(4000).default(''),
    }),
    output: z.object({ done: z.literal(true) }),
  }),
  exportKnowledge: defineRoute({
    id: 'exportKnowledge',
    method: 'GET',
    path: '/api/knowledge/export',
    permission: 'bundle.save',
    effect: 'read',
    summary: 'Runbooks, and the resolved issues of a cluster that you may see with what helped, a JSON object a line.',
    input: z.object({ ...ofCluster }),
    output: z.string(),
    streams: 'application/x-ndjson',
  }),
} as const;
