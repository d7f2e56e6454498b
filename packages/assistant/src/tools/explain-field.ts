import { OpenApiDocuments } from '@quarterdeck/cluster';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { servedKind } from './find-object.ts';

export function explainField(cluster: AskedCluster) {
  const documents = new OpenApiDocuments(cluster.access);
  return defineAssistantTool({
    name: 'explain_field',
    title: 'Explain a field',
    description: "What a kind or one of its fields means, from the cluster's own OpenAPI document, custom kinds included.",
    permission: 'resource.read',
    effect: 'read',
    input: z.object({
      kind: z.string().min(1).max(253).describe('`Deployment`, `deploy`, `Certificate.cert-manager.io`.'),
      path: z.string().max(500).default('').describe('`spec.strategy.rollingUpdate`; left out, the kind itself.'),
    }),
    async run({ kind: text, path }, signal) {
      const kind = await servedKind(cluster, text, signal);
      const segments = path
        .replaceAll(/\[[^\]]*\]/g, '')
        .split('.')
        .filter((segment) => segment !== '');
      return { value: { apiVersion: kind.apiVersion, ...(await documents.explain(kind, segments, signal)) }, seen: [] };
    },
  });
}
