import * as z from 'zod';
import { namespaceContentsSchema, namespacesSchema, typedNamespaceSchema } from '../namespaces/namespaces.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const namespaceRoutes = {
  listNamespaces: defineRoute({
    id: 'listNamespaces',
    method: 'GET',
    path: '/api/namespaces',
    permission: 'resource.read',
    effect: 'read',
    summary: 'The namespaces that can be looked at, how each is known, and whether these are all.',
    input: z.object({ ...ofCluster }),
    output: namespacesSchema,
  }),
  rememberNamespaces: defineRoute({
    id: 'rememberNamespaces',
    method: 'POST',
    path: '/api/namespaces',
    permission: 'cluster.manage',
    effect: 'read',
    summary: 'Remembers or forgets namespaces for a cluster that may not list them. Nothing is made in the cluster.',
    input: z.object({ ...ofCluster, add: z.array(typedNamespaceSchema).max(100).default([]), remove: z.array(z.string()).max(100).default([]) }),
    output: namespacesSchema,
  }),
  getNamespaceContents: defineRoute({
    id: 'getNamespaceContents',
    method: 'GET',
    path: '/api/namespaces/:namespace/contents',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What is in a namespace, counted by kind: what goes with it when it is deleted.',
    input: z.object({ ...ofCluster, namespace: z.string().min(1) }),
    output: namespaceContentsSchema,
  }),
} as const;
