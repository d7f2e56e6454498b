import * as z from 'zod';
import { eventFilterShape, eventListSchema } from '../events/event-group.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const eventRoutes = {
  listEvents: defineRoute({
    id: 'listEvents',
    method: 'GET',
    path: '/api/events',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What the cluster tells, the latest first: events of one reason and wording on one object are one line with a count.',
    input: z.object({ ...ofCluster, ...eventFilterShape }),
    output: eventListSchema,
  }),
} as const;
