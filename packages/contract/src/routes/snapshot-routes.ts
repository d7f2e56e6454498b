import * as z from 'zod';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const snapshotRoutes = {
  saveSnapshot: defineRoute({
    id: 'saveSnapshot',
    method: 'GET',
    path: '/api/snapshot',
    permission: 'bundle.save',
    effect: 'read',
    summary: 'The cluster as it is now, as a snapshot bundle to be opened later. Without values of Secrets; what looks like a secret elsewhere is replaced.',
    input: z.object({
      ...ofCluster,
      /** Names separated by commas; left out, all. */
      namespaces: z.string().max(10_000).optional(),
    }),
    output: z.never(),
    streams: 'application/octet-stream',
  }),
} as const;
