import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { serverOptions } from '../processes/start-workbench.ts';
import { inRepository } from '../repository.ts';

export const mcp = defineCommand({
  name: 'mcp',
  summary: 'Serve the Model Context Protocol on stdin and stdout',
  description: 'For a coding agent or assistant that starts qd as its MCP server. Nothing can be changed through it.',
  input: z.object(clusterInput),
  arguments: {},
  options: clusterOptions,
  examples: [],
  run: (choice, { runChild }) => runChild({ command: process.execPath, args: [inRepository('apps/server/src/mcp.ts'), ...serverOptions(choice)] }),
});
