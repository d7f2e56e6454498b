import * as z from 'zod';
import { sessionSchema } from '../clusters/cluster.ts';
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
  getSession: defineRoute({
    id: 'getSession',
    method: 'GET',
    path: '/api/session',
    permission: 'session.read',
    effect: 'read',
    summary: 'Who is asking and what they may do.',
    input: z.object({}),
    output: sessionSchema,
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
