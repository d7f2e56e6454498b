import { listRows } from '@quarterdeck/cluster';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { seenRef, servedKind } from './find-object.ts';

/** Epoch milliseconds: of a recording always the moment of the recording, so that nothing in it grows older. */
export function nowOf({ access }: Pick<AskedCluster, 'access'>, now: () => number): number {
  return access.recordedAt === null ? now() : Date.parse(access.recordedAt);
}

export const listResources = (cluster: AskedCluster, now: () => number) =>
  defineAssistantTool({
    name: 'list_resources',
    title: 'List resources',
    description: 'Objects of one kind as kubectl get -o wide shows them. The values of Secrets are never shown.',
    permission: 'resource.read',
    effect: 'read',
    input: z.object({
      kind: z.string().min(1).max(253).describe('`Pod`, `pods`, `po` or, where two groups share a name, `Kind.group`.'),
      namespace: z.string().min(1).max(63).optional().describe('Left out: all namespaces.'),
      filter: z
        .string()
        .max(500)
        .default('')
        .describe(
          'Words match any cell; also `status:x`, `ns:x` or any `column:x`, `restarts>3`, `age<1h`, `-l app=web`, `/regex/`, and `!` in front to exclude.',
        ),
      sort: z.string().max(100).default('').describe('A column id, `-` in front for descending.'),
      limit: z.number().int().positive().max(500).default(50),
    }),
    async run({ kind: text, namespace = null, ...query }, signal) {
      const kind = await servedKind(cluster, text, signal);
      const list = await listRows(cluster.access, kind, { ...query, namespace, now: nowOf(cluster, now) }, signal);
      const items = list.items.map(({ cells, state }) => ({
        state,
        ...Object.fromEntries(list.columns.map((column, index) => [column.id, cells[index] ?? null])),
      }));
      return { value: { kind: list.kind, apiVersion: list.apiVersion, total: list.total, items }, seen: list.items.map(({ object }) => seenRef(object)) };
    },
  });
