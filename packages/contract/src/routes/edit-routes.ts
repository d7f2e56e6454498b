import * as z from 'zod';
import { kindSchemaSchema } from '../schemas/kind-schema.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const editRoutes = {
  getKindSchema: defineRoute({
    id: 'getKindSchema',
    method: 'GET',
    path: '/api/schemas',
    permission: 'resource.read',
    effect: 'read',
    summary: "The fields of one kind, custom kinds included, from the cluster's OpenAPI document.",
    input: z.object({ ...ofCluster, apiVersion: z.string().min(1).max(253), kind: z.string().min(1).max(253) }),
    output: kindSchemaSchema,
  }),
} as const;
