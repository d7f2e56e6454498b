import * as z from 'zod';
import { editPlanSchema, editSchema } from '../changes/edit.ts';
import { checkedManifestsSchema } from '../manifests/manifest-check.ts';
import { manifestFormSchema } from '../manifests/manifest-form.ts';
import { writtenManifestSchema } from '../manifests/written-manifest.ts';
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
  planEdit: defineRoute({
    id: 'planEdit',
    method: 'POST',
    path: '/api/changes/edit',
    permission: 'resource.write',
    effect: 'read',
    summary: 'The change that an edit of an object is, and whose fields it would take over. Nothing is kept.',
    input: z.object({ ...ofCluster, ...editSchema.shape }),
    output: editPlanSchema,
  }),
  checkManifests: defineRoute({
    id: 'checkManifests',
    method: 'POST',
    path: '/api/manifests/check',
    permission: 'resource.write',
    effect: 'read',
    summary: 'What would come of applying a text of YAML or JSON, document by document: dry run and advice. Nothing is kept.',
    input: z.object({ ...ofCluster, text: z.string().min(1).max(2_000_000), namespace: z.string().min(1).max(63).default('default') }),
    output: checkedManifestsSchema,
  }),
  writeManifest: defineRoute({
    id: 'writeManifest',
    method: 'POST',
    path: '/api/manifests/write',
    permission: 'resource.write',
    effect: 'read',
    summary: 'Manifests from a description, by a template or a model, tried on the cluster and mended. Nothing is created.',
    input: z.object({
      ...ofCluster,
      description: z.string().trim().min(1).max(4_000),
      /** For a description that names none. */
      namespace: z.string().min(1).max(63).default('default'),
      /** A model is asked, where there is one that may be. */
      model: z.boolean().default(false),
    }),
    output: writtenManifestSchema,
  }),
  listManifestForms: defineRoute({
    id: 'listManifestForms',
    method: 'GET',
    path: '/api/manifests/forms',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Common manifests with what a form asks for them.',
    input: z.object({}),
    output: z.array(manifestFormSchema),
  }),
} as const;
