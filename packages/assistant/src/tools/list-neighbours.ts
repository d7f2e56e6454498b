import { refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { findObject, objectShape, seen, seenRef } from './find-object.ts';
import { neighboursOf } from './related.ts';

export const listNeighbours = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'list_neighbours',
    title: 'List neighbours',
    description:
      'What an object hangs together with: owners and owned, selected pods, mounted and read configuration, routes, calls, with the field that says so.',
    permission: 'resource.read',
    effect: 'read',
    timeLimit: 60_000,
    input: z.object({
      ...objectShape,
      depth: z.number().int().min(1).max(3).default(1).describe('How many steps away.'),
      limit: z.number().int().positive().max(200).default(60),
    }),
    async run({ depth, limit, ...named }, signal) {
      const [{ object, ref }, { view }] = await Promise.all([findObject(cluster, named, signal), cluster.checked(signal)]);
      const { relations, objects, left } = neighboursOf(view, ref, { depth, limit });
      return { value: { object: refLabel(ref), relations, left }, seen: [seen(object), ...objects.map(seenRef)] };
    },
  });
