import * as z from 'zod';
import { clusterCostSchema } from '../clusters/api-cost.ts';
import { clusterSchema } from '../clusters/cluster.ts';
import { kubeconfigFileSchema, kubeconfigName, kubeconfigsSchema, longestKubeconfig } from '../clusters/kubeconfig.ts';
import { defineRoute } from './route.ts';

const name = z.string().regex(kubeconfigName, 'must be letters, digits, dot, dash and underscore, at most 100');

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
  connectCluster: defineRoute({
    id: 'connectCluster',
    method: 'POST',
    path: '/api/clusters/connect',
    permission: 'cluster.select',
    effect: 'read',
    summary: 'Connects to a cluster, or tries again, and leaves the current one as it is. How it went is in its state.',
    input: z.object({ cluster: z.string().min(1) }),
    output: clusterSchema,
  }),
  getClusterCosts: defineRoute({
    id: 'getClusterCosts',
    method: 'GET',
    path: '/api/clusters/cost',
    permission: 'cluster.read',
    effect: 'read',
    summary: 'What the workbench asks of the API server of each cluster that is in use: streams, requests, bytes, refusals.',
    input: z.object({}),
    output: z.array(clusterCostSchema),
  }),
  listKubeconfigs: defineRoute({
    id: 'listKubeconfigs',
    method: 'GET',
    path: '/api/kubeconfigs',
    permission: 'cluster.read',
    effect: 'read',
    summary: 'The kubeconfig files, the clusters that each defines, and what is wrong in them, with the line.',
    input: z.object({}),
    output: kubeconfigsSchema,
  }),
  uploadKubeconfig: defineRoute({
    id: 'uploadKubeconfig',
    method: 'POST',
    path: '/api/kubeconfigs',
    permission: 'cluster.manage',
    effect: 'read',
    summary: 'Keeps a kubeconfig for this workbench. It is not trusted: no program and no file that it names is used without consent.',
    input: z.object({ name, text: z.string().min(1).max(longestKubeconfig) }),
    output: kubeconfigFileSchema,
  }),
  removeKubeconfig: defineRoute({
    id: 'removeKubeconfig',
    method: 'DELETE',
    path: '/api/kubeconfigs/:name',
    permission: 'cluster.manage',
    effect: 'read',
    summary: 'Removes an uploaded kubeconfig, and with it its clusters.',
    input: z.object({ name }),
    output: kubeconfigsSchema,
  }),
} as const;
