import * as z from 'zod';
import { terminalChangeSchema, terminalHostSchema, terminalRequestSchema, terminalSessionSchema, terminalSignals } from '../terminal/terminal-session.ts';
import { ofCluster } from './of-cluster.ts';
import { defineRoute } from './route.ts';

const byId = { id: z.uuid() };

export const terminalRoutes = {
  listTerminals: defineRoute({
    id: 'listTerminals',
    method: 'GET',
    path: '/api/terminals',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Your shells on the machine of the workbench: those that run, those that ended and were not dismissed, and those that are lost.',
    input: z.object({}),
    output: z.array(terminalSessionSchema),
  }),
  createTerminal: defineRoute({
    id: 'createTerminal',
    method: 'POST',
    path: '/api/terminals',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Starts a shell on the machine of the workbench. It goes on until it ends or is ended, whoever looks.',
    input: z.object({ ...ofCluster, ...terminalRequestSchema.shape }),
    output: terminalSessionSchema,
  }),
  changeTerminal: defineRoute({
    id: 'changeTerminal',
    method: 'PATCH',
    path: '/api/terminals/:id',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Names a shell, sets whether its output is looked at, or which cluster it speaks to.',
    input: z.object({ ...byId, ...terminalChangeSchema.shape }),
    output: terminalSessionSchema,
  }),
  endTerminal: defineRoute({
    id: 'endTerminal',
    method: 'DELETE',
    path: '/api/terminals/:id',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Ends a shell with everything that runs in it, and forgets what it showed.',
    input: z.object(byId),
    output: z.object(byId),
  }),
  signalTerminal: defineRoute({
    id: 'signalTerminal',
    method: 'POST',
    path: '/api/terminals/:id/signal',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Sends a signal to what runs in the foreground of a shell, or to one process in it.',
    input: z.object({ ...byId, signal: z.enum(terminalSignals), pid: z.number().int().min(2).optional() }),
    output: z.object({ signalled: z.array(z.number().int()) }),
  }),
  getTerminalHost: defineRoute({
    id: 'getTerminalHost',
    method: 'GET',
    path: '/api/terminals/host',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'The process that holds the shells; null while there is none.',
    input: z.object({}),
    output: terminalHostSchema.nullable(),
  }),
} as const;
