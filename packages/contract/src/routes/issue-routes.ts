import * as z from 'zod';
import { coverageSchema, issueDetailSchema, issueSchema, severitySchema } from '../issues/issue.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const issueRoutes = {
  listIssues: defineRoute({
    id: 'listIssues',
    method: 'GET',
    path: '/api/issues',
    permission: 'issue.read',
    effect: 'read',
    summary: 'What is broken and why, worst first.',
    input: z.object({
      ...ofCluster,
      namespace: z.string().optional(),
      severity: severitySchema.optional(),
      /** Words that must all occur in title, explanation or object. */
      search: z.string().max(200).optional(),
      dismissed: z.enum(['false', 'true']).default('false'),
      /** `resolved`: what is over, for a week, the latest first. */
      state: z.enum(['open', 'resolved']).default('open'),
    }),
    output: z.array(issueSchema),
  }),
  getIssue: defineRoute({
    id: 'getIssue',
    method: 'GET',
    path: '/api/issues/:id',
    permission: 'issue.read',
    effect: 'read',
    summary: 'One issue with its chain, evidence, changes and what could not be seen.',
    input: z.object({ ...ofCluster, id: z.string().min(1) }),
    output: issueDetailSchema,
  }),
  getCoverage: defineRoute({
    id: 'getCoverage',
    method: 'GET',
    path: '/api/coverage',
    permission: 'issue.read',
    effect: 'read',
    summary: 'What the diagnosis could not look at, and why.',
    input: z.object({ ...ofCluster }),
    output: coverageSchema,
  }),
  dismissIssue: defineRoute({
    id: 'dismissIssue',
    method: 'POST',
    path: '/api/issues/:id/dismiss',
    permission: 'issue.dismiss',
    effect: 'read',
    summary: 'Puts an issue aside with a reason. It comes back by itself when it gets worse, or goes away and recurs.',
    input: z.object({ ...ofCluster, id: z.string().min(1), reason: z.string().max(500).default('') }),
    output: issueDetailSchema,
  }),
  restoreIssue: defineRoute({
    id: 'restoreIssue',
    method: 'POST',
    path: '/api/issues/:id/restore',
    permission: 'issue.dismiss',
    effect: 'read',
    summary: 'Takes a dismissed issue back into the list.',
    input: z.object({ ...ofCluster, id: z.string().min(1) }),
    output: issueDetailSchema,
  }),
} as const;
