import type { HelmReleases } from '@quarterdeck/cluster';
import * as z from 'zod';
import { defineAssistantTool } from './define-tool.ts';

const inputSchema = z.object({
  name: z.string().min(1).max(253),
  namespace: z.string().min(1).max(63),
  revision: z.number().int().positive().optional().describe('Left out: the newest.'),
  compareWith: z.number().int().positive().optional().describe('An older revision: what changed since, in values and objects.'),
});

export const getHelmRelease = (releases: HelmReleases) =>
  defineAssistantTool({
    name: 'get_helm_release',
    title: 'Get a Helm release',
    description: 'One Helm release: values (secrets hidden), manifest, notes and history; or what changed since an older revision.',
    permission: 'helm.read',
    effect: 'read',
    input: inputSchema,
    async run({ name, namespace, revision, compareWith }, signal) {
      const target = { namespace, name };
      const seen = [{ kind: 'HelmRelease', namespace, name, resourceVersion: null }];
      const history = await releases.history(target, signal);
      if (compareWith !== undefined) return { value: { history, diff: await releases.diff(target, compareWith, revision ?? null, signal) }, seen };
      return { value: { ...(await releases.release(target, revision ?? null, signal)), history }, seen };
    },
  });
