import { groupEvents, listWhereAllowed } from '@quarterdeck/cluster';
import { refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { seenRef, servedKind } from './find-object.ts';
import { nowOf } from './list-resources.ts';

export const listEvents = (cluster: AskedCluster, now: () => number) =>
  defineAssistantTool({
    name: 'list_events',
    title: 'List events',
    description: 'What the cluster told of its objects, the latest first; events of one reason and wording on one object are told as one.',
    permission: 'resource.read',
    effect: 'read',
    input: z.object({
      namespace: z.string().min(1).max(63).optional().describe('Left out: all namespaces.'),
      kind: z.string().max(253).optional().describe('Only events about objects of this kind: `Pod`.'),
      name: z.string().max(253).optional().describe('Only events about objects of this name.'),
      type: z.enum(['Warning', 'Normal']).optional(),
      search: z.string().max(200).default('').describe('Words that must all occur in reason, object or message.'),
      sinceMinutes: z.number().positive().max(10_080).optional(),
      limit: z.number().int().positive().max(500).default(50),
    }),
    async run({ namespace, kind, name, type: eventType, search, sinceMinutes, limit }, signal) {
      const events = await servedKind(cluster, 'Event', signal);
      const objects = await listWhereAllowed(cluster.access, events, { namespace: namespace ?? null, hint: cluster.namespace, signal });
      const about = kind === undefined ? null : (await servedKind(cluster, kind, signal)).kind;
      const since = sinceMinutes === undefined ? null : new Date(nowOf(cluster, now) - sinceMinutes * 60_000).toISOString();
      const { groups } = groupEvents(objects, { namespace, eventType, search, limit: Number.POSITIVE_INFINITY });
      const wanted = groups.filter(
        ({ object, lastAt }) =>
          (about === null || object.kind === about) && (name === undefined || object.name === name) && (since === null || (lastAt ?? '') >= since),
      );
      const shown = wanted.slice(0, limit);
      const value = {
        total: wanted.length,
        events: shown.map(({ type, reason, object, message, count, firstAt, lastAt }) => ({
          lastAt,
          firstAt,
          type,
          reason,
          object: refLabel(object),
          message,
          count,
        })),
      };
      return { value, seen: shown.map(({ object }) => seenRef(object)) };
    },
  });
