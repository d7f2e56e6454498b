import * as z from 'zod';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { defineAssistantTool } from './define-tool.ts';
import { findObject, objectShape, seen } from './find-object.ts';

export const getResource = (cluster: AskedCluster) =>
  defineAssistantTool({
    name: 'get_resource',
    title: 'Get a resource',
    description: 'One object as the cluster keeps it, without managed fields. The values of Secrets are never shown.',
    permission: 'resource.read',
    effect: 'read',
    input: z.object(objectShape),
    async run(named, signal) {
      const { object } = await findObject(cluster, named, signal);
      const { managedFields: _managedFields, ...metadata } = object.metadata;
      return { value: { ...object, metadata }, seen: [seen(object)] };
    },
  });
