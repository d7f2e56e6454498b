import * as z from 'zod';

/** Another's server of the Model Context Protocol whose tools the assistant may call, once a person has seen what they say of themselves. */
export const mcpServerStateSchema = z.object({
  name: z.string(),
  /** The command with its arguments, or the address. */
  from: z.string(),
  /** `new`: nobody accepted its tools yet. `drifted`: they say something else than when they were accepted. Both are not called. */
  state: z.enum(['ready', 'new', 'drifted', 'failed', 'off']),
  /** Why it failed. */
  problem: z.string().nullable(),
  /** The tools that may be called, in its own words: not to be trusted. */
  tools: z.array(z.object({ name: z.string(), description: z.string() })),
  allow: z.array(z.string()),
  /** Allowed ones that it does not have. */
  missing: z.array(z.string()),
  /** Of what its tools say now; null where it was not asked. */
  fingerprint: z.string().nullable(),
  /** Of what a person accepted. */
  accepted: z.string().nullable(),
});
export type McpServerState = z.infer<typeof mcpServerStateSchema>;

/** How a program reaches this workbench over the Model Context Protocol. */
export const mcpAccessSchema = z.object({
  url: z.string(),
  /** Of what the tools say of themselves: another one after an update means that they say something else. */
  fingerprint: z.string(),
  /** Good for MCP alone, and until the workbench ends; null in a team, where people make tokens of their own. */
  tokens: z.object({ read: z.string(), propose: z.string() }).nullable(),
});
export type McpAccess = z.infer<typeof mcpAccessSchema>;
