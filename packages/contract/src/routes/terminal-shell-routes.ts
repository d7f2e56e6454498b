import * as z from 'zod';
import { terminalBlockSchema } from '../terminal/terminal-block.ts';
import {
  resolvedPathSchema,
  terminalBlockOutputSchema,
  terminalCompletionSchema,
  terminalHistoryEntrySchema,
  terminalHistoryQuerySchema,
  terminalProcessesSchema,
} from '../terminal/terminal-shell.ts';
import { defineRoute } from './route.ts';

const byId = { id: z.uuid() };
const byBlock = { ...byId, block: z.string().min(1).max(100) };

/** What the shells of a person say of themselves. */
export const terminalShellRoutes = {
  listTerminalBlocks: defineRoute({
    id: 'listTerminalBlocks',
    method: 'GET',
    path: '/api/terminals/:id/blocks',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'The commands of a shell, oldest first, with how they ended.',
    input: z.object(byId),
    output: z.array(terminalBlockSchema),
  }),
  readTerminalBlock: defineRoute({
    id: 'readTerminalBlock',
    method: 'GET',
    path: '/api/terminals/:id/blocks/:block/output',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'What a command put out, as text, with secrets replaced; null where nothing of it is kept, or it still runs.',
    input: z.object(byBlock),
    output: terminalBlockOutputSchema.nullable(),
  }),
  changeTerminalBlock: defineRoute({
    id: 'changeTerminalBlock',
    method: 'PATCH',
    path: '/api/terminals/:id/blocks/:block',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Sets or removes the bookmark of a command. Bookmarked ones are kept longest.',
    input: z.object({ ...byBlock, bookmarked: z.boolean() }),
    output: terminalBlockSchema,
  }),
  findTerminalHistory: defineRoute({
    id: 'findTerminalHistory',
    method: 'GET',
    path: '/api/terminals/history',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'What you ran in all shells, newest first. What began with a space is not in it.',
    input: terminalHistoryQuerySchema,
    output: z.array(terminalHistoryEntrySchema),
  }),
  forgetTerminalHistory: defineRoute({
    id: 'forgetTerminalHistory',
    method: 'DELETE',
    path: '/api/terminals/history/:entry',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Removes a command from the history, wherever it was run.',
    input: z.object({ entry: z.string().min(1).max(100) }),
    output: z.object({ entry: z.string() }),
  }),
  listTerminalProcesses: defineRoute({
    id: 'listTerminalProcesses',
    method: 'GET',
    path: '/api/terminals/:id/processes',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'The processes of a shell, parents before children.',
    input: z.object(byId),
    output: terminalProcessesSchema,
  }),
  completeTerminal: defineRoute({
    id: 'completeTerminal',
    method: 'POST',
    path: '/api/terminals/:id/complete',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'How a line for kubectl, helm or qd may go on: verbs, flags, kinds and what is in the cluster. Nothing is run.',
    input: z.object({ ...byId, line: z.string().max(10_000), cursor: z.number().int().min(0).max(10_000) }),
    output: terminalCompletionSchema,
  }),
  resolveTerminal: defineRoute({
    id: 'resolveTerminal',
    method: 'POST',
    path: '/api/terminals/:id/resolve',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Which of these texts name a file or a folder, seen from where the shell is. `file:12:3` is a place in one.',
    input: z.object({ ...byId, texts: z.array(z.string().min(1).max(4096)).max(200), cwd: z.string().max(4096).optional() }),
    output: z.array(resolvedPathSchema),
  }),
  dropIntoTerminal: defineRoute({
    id: 'dropIntoTerminal',
    method: 'POST',
    path: '/api/terminals/:id/drop',
    permission: 'terminal.open',
    effect: 'read',
    summary: 'Writes a file to where the shell is. One that is there keeps its name, and the new one gets a number.',
    input: z.object({ ...byId, name: z.string().min(1).max(255) }),
    output: z.object({ path: z.string(), bytes: z.number().int().nonnegative() }),
    upload: true,
  }),
} as const;
