import * as z from 'zod';
import { cellValuesSchema, resourceKindSchema, resourceListSchema, resourceObjectSchema, treeNodeSchema } from '../resources/resource.ts';
import { foundObjectsSchema } from '../resources/search.ts';
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
      /** One, or several with commas between. */
      namespace: z.string().optional(),
      /** The filter grammar of the tables: words match any cell. */
      filter: z.string().max(500).optional(),
      /** Column ids with commas between, `-` in front for descending; `label:app` for a label. */
      sort: z.string().max(300).optional(),
      /** Labels that are shown as columns, with commas between. */
      labels: z.string().max(1000).optional(),
      offset: z.coerce.number().int().nonnegative().default(0),
      limit: z.coerce.number().int().positive().max(5000).default(500),
    }),
    output: resourceListSchema,
  }),
  listCellValues: defineRoute({
    id: 'listCellValues',
    method: 'GET',
    path: '/api/resources/values',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What the objects of one kind have in a column or a label, the most frequent first.',
    input: z.object({
      ...ofCluster,
      kind: z.string().min(1),
      /** One, or several with commas between. */
      namespace: z.string().optional(),
      /** A column id, `label:app` for the values of a label, `labels` for the labels that there are. */
      of: z.string().min(1).max(320),
      /** What the values begin with or hold. */
      search: z.string().max(200).default(''),
      limit: z.coerce.number().int().positive().max(200).default(30),
    }),
    output: cellValuesSchema,
  }),
  getResource: defineRoute({
    id: 'getResource',
    method: 'GET',
    path: '/api/resources/object',
    permission: 'resource.read',
    effect: 'read',
    summary: 'One object, whole, without the values of Secrets; with managed fields where the owners are asked for.',
    input: z.object({
      ...ofCluster,
      kind: z.string().min(1),
      namespace: z.string().optional(),
      name: z.string().min(1),
      /** Who set which fields as well (`metadata.managedFields`). */
      owners: z.enum(['false', 'true']).default('false'),
    }),
    output: resourceObjectSchema,
  }),
  searchObjects: defineRoute({
    id: 'searchObjects',
    method: 'GET',
    path: '/api/search',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Objects of all kinds that the diagnosis holds, by name, namespace, kind, label or address; the best fit first.',
    input: z.object({ ...ofCluster, q: z.string().min(1).max(200), limit: z.coerce.number().int().positive().max(200).default(20) }),
    output: foundObjectsSchema,
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
