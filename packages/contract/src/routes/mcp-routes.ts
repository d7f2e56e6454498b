import * as z from 'zod';
import { mcpAccessSchema, mcpServerStateSchema } from '../assistant/mcp-server.ts';
import { defineRoute } from './route.ts';

const listed = z.object({ servers: z.array(mcpServerStateSchema) });

/** Programs that ask this workbench over the Model Context Protocol, and the servers that the assistant asks. */
export const mcpRoutes = {
  getMcpAccess: defineRoute({
    id: 'getMcpAccess',
    method: 'GET',
    path: '/api/mcp',
    permission: 'ai:manage',
    effect: 'read',
    summary: 'How a program reaches this workbench over the Model Context Protocol, and with which token.',
    input: z.object({}),
    output: mcpAccessSchema,
  }),
  listMcpServers: defineRoute({
    id: 'listMcpServers',
    method: 'GET',
    path: '/api/ai/mcp-servers',
    permission: 'ai:manage',
    effect: 'read',
    summary: 'Servers of others whose tools the assistant may call: how they are, and what their tools say of themselves.',
    input: z.object({}),
    output: listed,
  }),
  acceptMcpServer: defineRoute({
    id: 'acceptMcpServer',
    method: 'POST',
    path: '/api/ai/mcp-servers/:name/accept',
    permission: 'ai:manage',
    effect: 'read',
    summary: 'Says that the tools of a server were looked at. They are called as long as they say the same.',
    input: z.object({ name: z.string().min(1).max(100), fingerprint: z.string().min(1).max(100) }),
    output: listed,
  }),
} as const;
