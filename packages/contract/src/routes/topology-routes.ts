import * as z from 'zod';
import { type TopologyExtra, topologyExtras, topologySchema } from '../topology/topology.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const names = z
  .string()
  .max(4_000)
  .default('')
  .transform((text) => text.split(',').filter((name) => name !== ''));

const extra = `(${topologyExtras.join('|')})`;

const extras = z
  .string()
  .regex(new RegExp(`^(${extra}(,${extra})*)?$`), `must be some of ${topologyExtras.join(', ')}, with commas between`)
  .default('')
  .transform((text): TopologyExtra[] => topologyExtras.filter((each) => text.split(',').includes(each)));

export const topologyRoutes = {
  getTopology: defineRoute({
    id: 'getTopology',
    method: 'GET',
    path: '/api/topology',
    permission: 'resource.read',
    effect: 'read',
    summary: 'Who leads to whom: entries, Services, workloads and what they call, with the health of each. Past 500 objects each node stands for a namespace.',
    input: z.object({
      ...ofCluster,
      /** With commas between; left out, all of them. */
      namespaces: names,
      /** `pods`, `policies`, `config`, `storage`, with commas between. */
      also: extras,
    }),
    output: topologySchema,
  }),
  getObjectTopology: defineRoute({
    id: 'getObjectTopology',
    method: 'GET',
    path: '/api/topology/around',
    permission: 'resource.read',
    effect: 'read',
    summary: 'What stands around one object, two steps far. Empty where it has no part in it.',
    input: z.object({
      ...ofCluster,
      /** `Pod`, or `Deployment.apps` where the kind has a group. */
      kind: z.string().min(1),
      namespace: z.string().min(1).optional(),
      name: z.string().min(1),
    }),
    output: topologySchema,
  }),
} as const;
