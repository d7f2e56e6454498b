import * as z from 'zod';
import {
  helmInstallSchema,
  helmPreviewSchema,
  helmProgramSchema,
  helmRollbackSchema,
  helmTargetSchema,
  helmTestSchema,
  helmUninstallSchema,
  helmUpgradeSchema,
} from '../helm/operation.ts';
import { helmDiffSchema, helmObjectSchema, helmReleaseListSchema, helmReleaseSchema, helmRevisionSchema } from '../helm/release.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const release = '/api/helm/releases/:namespace/:name';
const ofRelease = { ...ofCluster, ...helmTargetSchema.shape };
const revision = z.coerce.number().int().positive();

/** An operation is told as it happens: one `HelmEvent` a line, the last of them `ended`. */
const told = { effect: 'write', permission: 'helm.write', method: 'POST', output: z.unknown(), streams: 'application/x-ndjson' } as const;

export const helmRoutes = {
  listHelmReleases: defineRoute({
    id: 'listHelmReleases',
    method: 'GET',
    path: '/api/helm/releases',
    permission: 'helm.read',
    effect: 'read',
    summary: 'The newest revision of every Helm release.',
    input: z.object({
      ...ofCluster,
      namespace: z.string().min(1).optional(),
      /** Whether the chart and description of each are read too: one more request for every release that is new. */
      charts: z.enum(['true', 'false']).default('true'),
    }),
    output: helmReleaseListSchema,
  }),
  getHelmProgram: defineRoute({
    id: 'getHelmProgram',
    method: 'GET',
    path: '/api/helm/program',
    permission: 'helm.read',
    effect: 'read',
    summary: 'Whether there is a helm program to change releases with, and its version.',
    input: z.object({}),
    output: helmProgramSchema,
  }),
  getHelmRelease: defineRoute({
    id: 'getHelmRelease',
    method: 'GET',
    path: release,
    permission: 'helm.read',
    effect: 'read',
    summary: 'One revision of a release: values, manifest, notes, hooks and chart. What looks like a secret is hidden.',
    input: z.object({ ...ofRelease, revision: revision.optional() }),
    output: helmReleaseSchema,
  }),
  getHelmHistory: defineRoute({
    id: 'getHelmHistory',
    method: 'GET',
    path: `${release}/history`,
    permission: 'helm.read',
    effect: 'read',
    summary: 'The revisions that Helm kept, newest first.',
    input: z.object(ofRelease),
    output: z.array(helmRevisionSchema),
  }),
  getHelmObjects: defineRoute({
    id: 'getHelmObjects',
    method: 'GET',
    path: `${release}/objects`,
    permission: 'helm.read',
    effect: 'read',
    summary: 'The objects of the present manifest: which of them are there, and how they are.',
    input: z.object(ofRelease),
    output: z.array(helmObjectSchema),
  }),
  getHelmDiff: defineRoute({
    id: 'getHelmDiff',
    method: 'GET',
    path: `${release}/diff`,
    permission: 'helm.read',
    effect: 'read',
    summary: 'What changed in values and objects from one revision to another; left out, to the newest.',
    input: z.object({ ...ofRelease, from: revision, to: revision.optional() }),
    output: helmDiffSchema,
  }),
  previewHelmInstall: defineRoute({
    id: 'previewHelmInstall',
    method: 'POST',
    path: `${release}/preview-install`,
    permission: 'helm.write',
    effect: 'read',
    summary: 'What an install would send to the cluster. Nothing is changed.',
    input: z.object({ ...ofCluster, ...helmInstallSchema.shape }),
    output: helmPreviewSchema,
  }),
  previewHelmUpgrade: defineRoute({
    id: 'previewHelmUpgrade',
    method: 'POST',
    path: `${release}/preview-upgrade`,
    permission: 'helm.write',
    effect: 'read',
    summary: 'What an upgrade would change, compared with the present revision. Nothing is changed.',
    input: z.object({ ...ofCluster, ...helmUpgradeSchema.shape }),
    output: helmPreviewSchema,
  }),
  installHelmRelease: defineRoute({
    ...told,
    id: 'installHelmRelease',
    path: `${release}/install`,
    summary: 'Installs a chart. Tells what happens as lines of JSON.',
    input: z.object({ ...ofCluster, ...helmInstallSchema.shape }),
  }),
  upgradeHelmRelease: defineRoute({
    ...told,
    id: 'upgradeHelmRelease',
    path: `${release}/upgrade`,
    summary: 'Upgrades a release. Tells what happens as lines of JSON.',
    input: z.object({ ...ofCluster, ...helmUpgradeSchema.shape }),
  }),
  rollbackHelmRelease: defineRoute({
    ...told,
    id: 'rollbackHelmRelease',
    path: `${release}/rollback`,
    summary: 'Takes a release back to a revision. Tells what happens as lines of JSON.',
    input: z.object({ ...ofCluster, ...helmRollbackSchema.shape }),
  }),
  uninstallHelmRelease: defineRoute({
    ...told,
    id: 'uninstallHelmRelease',
    path: `${release}/uninstall`,
    summary: 'Uninstalls a release with its objects. Tells what happens as lines of JSON.',
    input: z.object({ ...ofCluster, ...helmUninstallSchema.shape }),
  }),
  testHelmRelease: defineRoute({
    ...told,
    id: 'testHelmRelease',
    path: `${release}/test`,
    summary: 'Runs the test hooks of a release. Tells what happens as lines of JSON.',
    input: z.object({ ...ofCluster, ...helmTestSchema.shape }),
  }),
} as const;
