import * as z from 'zod';
import { resourceKindSchema, resourceListSchema, resourceObjectSchema, treeNodeSchema } from '../resources/resource.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const resourceRoutes = {
  listKinds: defineRoute({
    id: 'listKinds',
    method: 'GET',
    path: '/api/kinds',
    permission: 'resource.read',
    effect: 'read',
    summary: 'The kinds that the cluster serves and that can be listed.',
    input: z.object({ ...ofCluster }),
    output: z.array(resourceKindSchema),
  }),
  listResources: defineRoute({
    id: 'listResources',
    method: 'GET',
    path: '/api/resources',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Objects of one kind as table rows.',
    input: z.object({
      ...ofCluster,
      /** `Pod`, `pods`, `po` or, where two groups share a kind, `Kind.group`. */
      kind: z.string().min(1),
      namespace: z.string().optional(),
      /** The filter grammar of the tables: words match any cell. */
      filter: z.string().max(500).optional(),
      /** Column id, `-` in front for descending. */
      sort: z.string().max(100).optional(),
      offset: z.coerce.number().int().nonnegative().default(0),
      limit: z.coerce.number().int().positive().max(5000).default(500),
    }),
    output: resourceListSchema,
  }),
  getResource: defineRoute({
    id: 'getResource',
    method: 'GET',
    path: '/api/resources/object',
    permission: 'resource.read',
    effect: 'read',
    summary: 'One object, whole, without managed fields and without the values of Secrets.',
    input: z.object({ ...ofCluster, kind: z.string().min(1), namespace: z.string().optional(), name: z.string().min(1) }),
    output: resourceObjectSchema,
  }),
  getTree: defineRoute({
    id: 'getTree',
    method: 'GET',
    path: '/api/tree',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Namespaces, their workloads, pods and containers with the state of each.',
    input: z.object({ ...ofCluster, namespace: z.string().optional() }),
    output: z.array(treeNodeSchema),
  }),
} as const;
