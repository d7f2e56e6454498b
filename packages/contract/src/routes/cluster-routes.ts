import * as z from 'zod';
import { clusterSchema } from '../clusters/cluster.ts';
import { defineRoute } from './route.ts';

export const clusterRoutes = {
  listClusters: defineRoute({
    id: 'listClusters',
    method: 'GET',
    path: '/api/clusters',
    permission: 'cluster.read',
    effect: 'read',
    summary: 'The clusters of the kubeconfig, or the recording that is open, with the state of each connection.',
    input: z.object({}),
    output: z.array(clusterSchema),
  }),
  selectCluster: defineRoute({
    id: 'selectCluster',
    method: 'POST',
    path: '/api/clusters/select',
    permission: 'cluster.select',
    effect: 'read',
    summary: 'Makes a cluster the current one and connects to it. The kubeconfig file is not changed.',
    input: z.object({ cluster: z.string().min(1) }),
    output: clusterSchema,
  }),
} as const;
