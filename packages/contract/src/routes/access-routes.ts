import * as z from 'zod';
import { accessAnswerSchema, accessQuestionShape, accessRulesSchema, whoCanSchema } from '../access/rights.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const accessRoutes = {
  listAccessRules: defineRoute({
    id: 'listAccessRules',
    method: 'GET',
    path: '/api/access/rules',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What the cluster lets us do in a namespace, by its own word.',
    input: z.object({ ...ofCluster, namespace: z.string().min(1).max(63) }),
    output: accessRulesSchema,
  }),
  checkAccess: defineRoute({
    id: 'checkAccess',
    method: 'GET',
    path: '/api/access/check',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Whether the cluster would let us do one thing, and the least that would have to be granted.',
    input: z.object({ ...ofCluster, ...accessQuestionShape }),
    output: accessAnswerSchema,
  }),
  listWhoCan: defineRoute({
    id: 'listWhoCan',
    method: 'GET',
    path: '/api/access/who',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Who may do one thing, by the bindings and roles of the cluster.',
    input: z.object({ ...ofCluster, ...accessQuestionShape }),
    output: whoCanSchema,
  }),
} as const;
