import * as z from 'zod';
import { changeSchema } from '../changes/change.ts';
import { bulkPreviewSchema, bulkResultSchema, changePreviewSchema, changeResultSchema } from '../changes/change-preview.ts';
import { drainEventSchema, drainOptionsSchema, drainPlanSchema } from '../changes/drain.ts';
import { manifestVerbs, parsedManifestsSchema } from '../changes/manifests.ts';
import { revisionDiffSchema, rolloutSchema, rolloutStatusSchema } from '../changes/rollout.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const changes = z.array(changeSchema).min(1).max(500);
const workload = { kind: z.string().min(1), namespace: z.string().min(1), name: z.string().min(1) };
const revision = z.coerce.number().int().positive();
const drain = { ...ofCluster, node: z.string().min(1), options: drainOptionsSchema.prefault({}) };

export const changeRoutes = {
  parseManifests: defineRoute({
    id: 'parseManifests',
    method: 'POST',
    path: '/api/changes/parse',
    permission: 'resource.read',
    effect: 'read',
    summary: 'The changes that a text of YAML or JSON asks for, one a document. Nothing is sent to the cluster.',
    input: z.object({
      ...ofCluster,
      text: z.string().min(1),
      verb: z.enum(manifestVerbs).default('apply'),
      /** For namespaced objects that name none. */
      namespace: z.string().min(1).default('default'),
      force: z.boolean().default(false),
    }),
    output: parsedManifestsSchema,
  }),
  previewChange: defineRoute({
    id: 'previewChange',
    method: 'POST',
    path: '/api/changes/preview',
    permission: 'resource.write',
    effect: 'read',
    summary: 'What a change would do, from a dry run of the API server. Nothing is kept.',
    input: z.object({ ...ofCluster, change: changeSchema }),
    output: changePreviewSchema,
  }),
  applyChange: defineRoute({
    id: 'applyChange',
    method: 'POST',
    path: '/api/changes',
    permission: 'resource.write',
    effect: 'write',
    summary: 'Makes a change. Deletions, evictions and changes of nodes have routes of their own.',
    input: z.object({ ...ofCluster, change: changeSchema }),
    output: changeResultSchema,
  }),
  previewChanges: defineRoute({
    id: 'previewChanges',
    method: 'POST',
    path: '/api/changes/bulk/preview',
    permission: 'resource.write',
    effect: 'read',
    summary: 'What many changes would do, each on its own. Nothing is kept.',
    input: z.object({ ...ofCluster, changes }),
    output: bulkPreviewSchema,
  }),
  applyChanges: defineRoute({
    id: 'applyChanges',
    method: 'POST',
    path: '/api/changes/bulk',
    permission: 'resource.write',
    effect: 'write',
    summary: 'Makes many changes; one that fails does not stop the others.',
    input: z.object({ ...ofCluster, changes }),
    output: bulkResultSchema,
  }),
  deleteObjects: defineRoute({
    id: 'deleteObjects',
    method: 'POST',
    path: '/api/changes/delete',
    permission: 'resource.delete',
    effect: 'write',
    summary: 'Deletes objects or evicts pods; one that fails does not stop the others.',
    input: z.object({ ...ofCluster, changes }),
    output: bulkResultSchema,
  }),
  changeNodes: defineRoute({
    id: 'changeNodes',
    method: 'POST',
    path: '/api/nodes/changes',
    permission: 'node.manage',
    effect: 'write',
    summary: 'Cordons, uncordons or otherwise changes nodes.',
    input: z.object({ ...ofCluster, changes }),
    output: bulkResultSchema,
  }),
  getRollout: defineRoute({
    id: 'getRollout',
    method: 'GET',
    path: '/api/rollouts',
    permission: 'resource.read',
    effect: 'read',
    summary: 'How far the rollout of a Deployment, StatefulSet or DaemonSet is, and its history.',
    input: z.object({ ...ofCluster, ...workload }),
    output: rolloutSchema,
  }),
  followRollout: defineRoute({
    id: 'followRollout',
    method: 'GET',
    path: '/api/rollouts/follow',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Every step of a rollout until it is done or has failed, one line of JSON each.',
    input: z.object({ ...ofCluster, ...workload, timeoutSeconds: z.coerce.number().int().nonnegative().default(0) }),
    output: rolloutStatusSchema,
    streams: 'application/x-ndjson',
  }),
  compareRevisions: defineRoute({
    id: 'compareRevisions',
    method: 'GET',
    path: '/api/rollouts/diff',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What differs between the pod templates of two revisions.',
    input: z.object({ ...ofCluster, ...workload, from: revision, to: revision }),
    output: revisionDiffSchema,
  }),
  planDrain: defineRoute({
    id: 'planDrain',
    method: 'POST',
    path: '/api/nodes/drain/plan',
    permission: 'node.manage',
    effect: 'read',
    summary: 'Which pods a drain would evict, skip or stumble over, and the budgets in its way.',
    input: z.object(drain),
    output: drainPlanSchema,
  }),
  drainNode: defineRoute({
    id: 'drainNode',
    method: 'POST',
    path: '/api/nodes/drain',
    permission: 'node.manage',
    effect: 'write',
    summary: 'Cordons a node and evicts its pods; one line of JSON for everything that happens. Going away cancels it and leaves the node cordoned.',
    input: z.object(drain),
    output: drainEventSchema,
    streams: 'application/x-ndjson',
  }),
} as const;
