import type { HelmReleases } from '@quarterdeck/cluster';
import * as z from 'zod';
import { defineAssistantTool } from './define-tool.ts';

export const listHelmReleases = (releases: HelmReleases) =>
  defineAssistantTool({
    name: 'list_helm_releases',
    title: 'List Helm releases',
    description: 'The newest revision of every Helm release, with its status and chart.',
    permission: 'helm.read',
    effect: 'read',
    input: z.object({ namespace: z.string().min(1).max(63).optional().describe('Left out: all namespaces.') }),
    async run({ namespace = null }, signal) {
      const value = await releases.list(namespace, { charts: true, signal });
      const found = value.state === 'read' ? value.releases : [];
      return { value, seen: found.map(({ namespace: where, name }) => ({ kind: 'HelmRelease', namespace: where, name, resourceVersion: null })) };
    },
  });
