import { fingerprintOf } from '@quarterdeck/assistant';
import { type mcpRoutes, routes } from '@quarterdeck/contract';
import { type McpEntrance, mcpPath } from '../mcp/mcp-tokens.ts';
import { toolsAsTold } from '../mcp/tools-as-told.ts';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function mcpHandlers({ mcpServers }: Pick<Services, 'mcpServers'>, { tokens }: McpEntrance): Pick<RouteHandlers, keyof typeof mcpRoutes> {
  return {
    getMcpAccess: handle(routes.getMcpAccess, (_input, { origin }) => ({ url: `${origin}${mcpPath}`, fingerprint: fingerprintOf(toolsAsTold()), tokens })),
    listMcpServers: handle(routes.listMcpServers, async (_input, { signal }) => ({ servers: await mcpServers.list(signal) })),
    acceptMcpServer: handle(routes.acceptMcpServer, async ({ name, fingerprint }, { signal }) => ({
      servers: await mcpServers.accept(name, fingerprint, signal),
    })),
  };
}
