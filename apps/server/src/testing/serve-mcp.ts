import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import * as z from 'zod';
import { localMcpEntrance } from '../mcp/mcp-tokens.ts';
import { MemoryCluster, testPod } from './memory-cluster.ts';
import { testApp, testToken } from './test-app.ts';

const addressSchema = z.object({ port: z.number() });

/** A workbench on a port, for programs that can't show a token: each call is given one that may propose. Its own guard stays. */
export async function serveMcp(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = addressSchema.parse(server.address());
  const cluster = new MemoryCluster();
  cluster.apply(testPod('web', 'shop', 'ImagePullBackOff'));
  const ending = new AbortController();
  const { app, services } = await testApp([cluster.source], { ending: ending.signal, port });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (request, response) => {
    request.rawHeaders.push('authorization', `Bearer ${localMcpEntrance(testToken).tokens?.propose}`);
    void listener(request, response);
  });
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      ending.abort();
      server.closeAllConnections();
      server.close();
      await services.clusters.close();
    },
  };
}
