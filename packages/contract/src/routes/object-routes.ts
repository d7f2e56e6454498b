import * as z from 'zod';
import { timelineEntrySchema } from '../issues/timeline.ts';
import { relationsSchema } from '../relations/relations.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const object = { kind: z.string().min(1), namespace: z.string().min(1).optional(), name: z.string().min(1) };

export const objectRoutes = {
  getRelations: defineRoute({
    id: 'getRelations',
    method: 'GET',
    path: '/api/relations',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What an object belongs to, what belongs to it, and what it refers to or is referred to by, each with its state. Also of one that is not there.',
    input: z.object({ ...ofCluster, ...object }),
    output: relationsSchema,
  }),
  getObjectHistory: defineRoute({
    id: 'getObjectHistory',
    method: 'GET',
    path: '/api/resources/history',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Who changed an object and when its states became others, the latest first, as far as the cluster still says.',
    input: z.object({ ...ofCluster, ...object }),
    output: z.array(timelineEntrySchema),
  }),
} as const;
