import * as z from 'zod';
import { actionDraftSchema, actionPageSchema, actionSchema, actionStates } from '../actions/action.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const id = z.string().min(1).max(64);

export const actionRoutes = {
  previewAction: defineRoute({
    id: 'previewAction',
    method: 'POST',
    path: '/api/actions/preview',
    permission: 'action.propose',
    effect: 'read',
    summary: 'What one change or several in order would do. It is kept for ten minutes, to be approved as it is; nothing is changed.',
    input: z.object({ ...ofCluster, ...actionDraftSchema.shape }),
    output: actionSchema,
  }),
  listActions: defineRoute({
    id: 'listActions',
    method: 'GET',
    path: '/api/actions',
    permission: 'action.read',
    effect: 'read',
    summary: 'What was previewed, approved and done, newest first.',
    input: z.object({
      ...ofCluster,
      issue: z.string().min(1).optional(),
      state: z.enum(actionStates).optional(),
      limit: z.coerce.number().int().positive().max(200).default(50),
      /** The `next` of the page before. */
      before: z.string().optional(),
    }),
    output: actionPageSchema,
  }),
  getAction: defineRoute({
    id: 'getAction',
    method: 'GET',
    path: '/api/actions/:id',
    permission: 'action.read',
    effect: 'read',
    summary: 'One action with its preview, its steps and how far they are.',
    input: z.object({ id }),
    output: actionSchema,
  }),
  followAction: defineRoute({
    id: 'followAction',
    method: 'GET',
    path: '/api/actions/:id/follow',
    permission: 'action.read',
    effect: 'read',
    summary: 'The action as it is now and whenever it changed, one line of JSON each, until it has ended. Going away stops nothing.',
    input: z.object({ id }),
    output: actionSchema,
    streams: 'application/x-ndjson',
  }),
  approveAction: defineRoute({
    id: 'approveAction',
    method: 'POST',
    path: '/api/actions/:id/approve',
    permission: 'action.approve',
    effect: 'write',
    summary: 'Approves exactly what was previewed, once, and runs it at once. Where something changed since, it answers CONFLICT with a fresh preview.',
    input: z.object({ ...ofCluster, id, hash: z.string().min(1), note: z.string().max(1000).optional() }),
    output: actionSchema,
  }),
  stopAction: defineRoute({
    id: 'stopAction',
    method: 'POST',
    path: '/api/actions/:id/stop',
    permission: 'action.approve',
    effect: 'write',
    summary: 'Stops a run after the request that is under way. What was done stays; it can be taken back.',
    input: z.object({ ...ofCluster, id }),
    output: actionSchema,
  }),
  undoAction: defineRoute({
    id: 'undoAction',
    method: 'POST',
    path: '/api/actions/:id/undo',
    permission: 'action.propose',
    effect: 'read',
    summary: 'Previews what takes back the steps that were done, the last one first. It is approved like every action.',
    input: z.object({ id }),
    output: actionSchema,
  }),
  repeatAction: defineRoute({
    id: 'repeatAction',
    method: 'POST',
    path: '/api/actions/:id/repeat',
    permission: 'action.propose',
    effect: 'read',
    summary: 'Previews the steps of an action that has ended once more, on the state of now.',
    input: z.object({ id }),
    output: actionSchema,
  }),
} as const;
