import * as z from 'zod';
import { forwardRequestSchema, forwardSchema } from '../forwards/forward.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const byId = { ...ofCluster, id: z.string().min(1) };

export const forwardRoutes = {
  listForwards: defineRoute({
    id: 'listForwards',
    method: 'GET',
    path: '/api/forwards',
    permission: 'pod.portForward',
    effect: 'read',
    summary: 'The ports of this machine that lead into clusters, with what goes through them. Without a cluster: of all.',
    input: z.object({ ...ofCluster }),
    output: z.array(forwardSchema),
  }),
  startForward: defineRoute({
    id: 'startForward',
    method: 'POST',
    path: '/api/forwards',
    permission: 'pod.portForward',
    effect: 'write',
    summary: 'Listens on ports of this machine and carries each connection to a ready pod. It goes on until it is stopped.',
    input: z.object({ ...ofCluster, ...forwardRequestSchema.shape, autostart: z.boolean().default(false) }),
    output: forwardSchema,
  }),
  resumeForward: defineRoute({
    id: 'resumeForward',
    method: 'POST',
    path: '/api/forwards/:id/start',
    permission: 'pod.portForward',
    effect: 'write',
    summary: 'Starts a forward again that was stopped or failed.',
    input: z.object({ ...byId, autostart: z.boolean().default(false) }),
    output: forwardSchema,
  }),
  stopForward: defineRoute({
    id: 'stopForward',
    method: 'POST',
    path: '/api/forwards/:id/stop',
    permission: 'pod.portForward',
    effect: 'write',
    summary: 'Stops a forward. It stays in the list to be started again, unless it is to be forgotten.',
    input: z.object({ ...byId, forget: z.boolean().default(false) }),
    output: z.array(forwardSchema),
  }),
} as const;
