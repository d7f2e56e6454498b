import * as z from 'zod';
import { defineRoute } from './route.ts';

export const sessionRoutes = {
  health: defineRoute({
    id: 'health',
    method: 'GET',
    path: '/health',
    permission: 'public',
    effect: 'read',
    summary: 'Whether the server answers. Needs no login.',
    input: z.object({}),
    output: z.object({ status: z.literal('ok'), version: z.string() }),
  }),
  openLocalSession: defineRoute({
    id: 'openLocalSession',
    method: 'POST',
    path: '/api/auth/launch',
    permission: 'public',
    effect: 'read',
    summary:
      'Trades the token of the address that a workbench of one person printed for a session in a cookie; the header X-Quarterdeck-Key has the key to it.',
    input: z.object({ token: z.string().min(1).max(200) }),
    output: z.object({ opened: z.literal(true) }),
  }),
  getOpenApi: defineRoute({
    id: 'getOpenApi',
    method: 'GET',
    path: '/api/openapi.json',
    permission: 'session.read',
    effect: 'read',
    summary: 'This API as an OpenAPI 3.1 document.',
    input: z.object({}),
    output: z.record(z.string(), z.unknown()),
  }),
} as const;
