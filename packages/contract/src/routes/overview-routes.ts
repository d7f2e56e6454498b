import * as z from 'zod';
import { capacitySchema, recentChangesSchema } from '../overview/overview.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const overviewRoutes = {
  listRecentChanges: defineRoute({
    id: 'listRecentChanges',
    method: 'GET',
    path: '/api/overview/changes',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Who changed what lately, the newest first, as far as the objects that are there tell. What Kubernetes itself writes is left out.',
    input: z.object({
      ...ofCluster,
      namespace: z.string().min(1).optional(),
      minutes: z.coerce.number().int().min(1).max(43_200).default(60),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    output: recentChangesSchema,
  }),
  getCapacity: defineRoute({
    id: 'getCapacity',
    method: 'GET',
    path: '/api/overview/capacity',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What the nodes offer, and what the pods ask of them.',
    input: z.object({ ...ofCluster }),
    output: capacitySchema,
  }),
} as const;
