import { existsSync } from 'node:fs';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { inRepository } from '../repository.ts';

export const mcp = defineCommand({
  name: 'mcp',
  summary: 'Serve the Model Context Protocol on stdin and stdout',
  description: 'For a coding agent or assistant that starts qd as its MCP server. Every option is handed to the server.',
  input: z.object({ options: z.array(z.string()) }),
  arguments: {},
  options: {},
  passThrough: 'options',
  examples: [],
  run({ options }, { runChild }) {
    const server = inRepository('apps/server/src/mcp.ts');
    if (!existsSync(server)) throw new AppError('UNSUPPORTED', 'This version has no MCP server.');
    return runChild({ command: process.execPath, args: [server, ...options] });
  },
});
