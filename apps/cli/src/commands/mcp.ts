import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import { serverOptions } from '../processes/start-workbench.ts';
import { inRepository } from '../repository.ts';

export const mcp = defineCommand({
  name: 'mcp',
  summary: 'Serve the Model Context Protocol on stdin and stdout',
  description: 'For a coding agent or assistant that starts qd as its MCP server. It reads; with --allow-proposals it may propose what you then approve.',
  input: z.object({ ...clusterInput, allowProposals: z.boolean().default(false) }),
  arguments: {},
  options: { ...clusterOptions, allowProposals: { description: 'Changes may be proposed: each is previewed, and done when you approve it' } },
  examples: [['mcp --context staging --allow-proposals', 'read staging, and propose changes to it']],
  run({ allowProposals, ...choice }, { runChild }) {
    const options = [...serverOptions(choice), ...(allowProposals ? ['--allow-proposals'] : [])];
    return runChild({ command: process.execPath, args: [inRepository('apps/server/src/mcp.ts'), ...options] });
  },
});
