import * as z from 'zod';
import { knowledgeHitSchema, knowledgeOverviewSchema, runbookFileSchema, runbookPathSchema } from '../assistant/knowledge.ts';
import { promptSchema } from '../assistant/prompt.ts';
import { issueFeedbackSchema } from '../issues/issue-feedback.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const runbookPlace = {
  /** The folder as it is configured. */
  folder: z.string().min(1).max(1_000),
  path: runbookPathSchema,
};

/** What was written down for the next time: runbooks, what was learned of issues that are over, and what models are told. */
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
  getKnowledge: defineRoute({
    id: 'getKnowledge',
    method: 'GET',
    path: '/api/knowledge',
    permission: 'ai:chat',
    effect: 'read',
    summary: 'The runbooks, and the resolved issues of a cluster that you may see.',
    input: z.object({ ...ofCluster }),
    output: knowledgeOverviewSchema,
  }),
  searchKnowledge: defineRoute({
    id: 'searchKnowledge',
    method: 'GET',
    path: '/api/knowledge/search',
    permission: 'ai:chat',
    effect: 'read',
    summary: 'What would be found for a question, the best first, and why.',
    input: z.object({ ...ofCluster, text: z.string().trim().min(1).max(1_000), limit: z.coerce.number().int().min(1).max(50).default(10) }),
    output: z.object({ hits: z.array(knowledgeHitSchema) }),
  }),
  getRunbook: defineRoute({
    id: 'getRunbook',
    method: 'GET',
    path: '/api/knowledge/runbook',
    permission: 'ai:chat',
    effect: 'read',
    summary: 'A runbook as it is written.',
    input: z.object(runbookPlace),
    output: z.object({ markdown: z.string() }),
  }),
  putRunbook: defineRoute({
    id: 'putRunbook',
    method: 'PUT',
    path: '/api/knowledge/runbook',
    permission: 'ai:manage',
    effect: 'read',
    summary: 'Writes a runbook into a configured folder. `isNew` refuses to replace one.',
    input: z.object({ ...runbookPlace, markdown: z.string().max(200_000), isNew: z.boolean().default(false) }),
    output: runbookFileSchema,
  }),
  deleteRunbook: defineRoute({
    id: 'deleteRunbook',
    method: 'DELETE',
    path: '/api/knowledge/runbook',
    permission: 'ai:manage',
    effect: 'read',
    summary: 'Removes a runbook from its folder.',
    input: z.object(runbookPlace),
    output: z.object({ done: z.literal(true) }),
  }),
  listPrompts: defineRoute({
    id: 'listPrompts',
    method: 'GET',
    path: '/api/ai/prompts',
    permission: 'ai:chat',
    effect: 'read',
    summary: 'What models are told before a conversation, with versions; a run names those that it used.',
    input: z.object({}),
    output: z.object({ prompts: z.array(promptSchema) }),
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
