import * as z from 'zod';
import { debugContainerSchema, debugNodeRequestSchema, debugRequestSchema } from '../pods/debug.ts';
import { fileListSchema, filePlace } from '../pods/files.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

export const podRoutes = {
  listFiles: defineRoute({
    id: 'listFiles',
    method: 'GET',
    path: '/api/pods/files',
    permission: 'pod.files',
    effect: 'read',
    summary: 'What is in a folder of a container. Needs a shell in it.',
    input: z.object({ ...ofCluster, ...filePlace }),
    output: fileListSchema,
  }),
  downloadFiles: defineRoute({
    id: 'downloadFiles',
    method: 'GET',
    path: '/api/pods/files/content',
    permission: 'pod.files',
    effect: 'read',
    summary: 'A file of a container as it is, or a folder as a tar archive.',
    input: z.object({ ...ofCluster, ...filePlace }),
    output: z.unknown(),
    streams: 'application/octet-stream',
  }),
  uploadFile: defineRoute({
    id: 'uploadFile',
    method: 'PUT',
    path: '/api/pods/files/content',
    permission: 'pod.files',
    effect: 'write',
    summary: 'Writes one file of a container: whole, or not at all.',
    input: z.object({ ...ofCluster, ...filePlace }),
    output: z.object({ path: z.string(), bytes: z.number() }),
    upload: true,
  }),
  debugPod: defineRoute({
    id: 'debugPod',
    method: 'POST',
    path: '/api/pods/debug',
    permission: 'pod.debug',
    effect: 'write',
    summary: 'Puts a debug container into a running pod. It stays there until the pod goes.',
    input: z.object({ ...ofCluster, ...debugRequestSchema.shape }),
    output: debugContainerSchema,
  }),
  debugNode: defineRoute({
    id: 'debugNode',
    method: 'POST',
    path: '/api/nodes/debug',
    permission: 'node.manage',
    effect: 'write',
    summary: 'Starts a pod on a node that sees what its profile says of the node. It stays until it is removed.',
    input: z.object({ ...ofCluster, ...debugNodeRequestSchema.shape }),
    output: debugContainerSchema,
  }),
  endDebugNode: defineRoute({
    id: 'endDebugNode',
    method: 'DELETE',
    path: '/api/nodes/debug',
    permission: 'node.manage',
    effect: 'write',
    summary: 'Removes a pod that was started to debug a node, and no other.',
    input: z.object({ ...ofCluster, namespace: z.string().min(1), pod: z.string().min(1) }),
    output: z.object({ namespace: z.string(), pod: z.string() }),
  }),
} as const;
