import {
  type TerminalKube,
  terminalBlockOutputSchema,
  terminalBlockSchema,
  terminalFindingSchema,
  terminalHistoryEntrySchema,
  terminalHistoryQuerySchema,
  terminalKubeSchema,
  terminalProcessesSchema,
} from '@quarterdeck/contract';
import * as z from 'zod';
import { defineHostMethod } from '../host/host-method.ts';

const byId = z.object({ id: z.string() });
const byBlock = byId.extend({ block: z.string() });

/** A way to the cluster through the workbench. */
const doorSchema = z.object({ server: z.string(), token: z.string(), certificateAuthority: z.string() });

const kubeRequestSchema: z.ZodType<Pick<TerminalKube, 'context' | 'pinned'> & { namespace: string | null }> = z.object({
  context: z.string(),
  namespace: z.string().nullable(),
  pinned: z.boolean(),
});

/** What the host can be asked of shells that tell about themselves. */
export const shellCalls = {
  blocks: defineHostMethod({ name: 'blocks.list', input: byId, output: z.array(terminalBlockSchema) }),
  blockOutput: defineHostMethod({ name: 'blocks.output', input: byBlock, output: terminalBlockOutputSchema.nullable() }),
  bookmark: defineHostMethod({ name: 'blocks.bookmark', input: byBlock.extend({ bookmarked: z.boolean() }), output: terminalBlockSchema }),
  findings: defineHostMethod({ name: 'findings.list', input: byId, output: z.array(terminalFindingSchema) }),
  history: defineHostMethod({ name: 'history.find', input: terminalHistoryQuerySchema, output: z.array(terminalHistoryEntrySchema) }),
  forget: defineHostMethod({ name: 'history.forget', input: z.object({ entry: z.string() }), output: z.object({ entry: z.string() }) }),
  processes: defineHostMethod({ name: 'processes.list', input: byId, output: terminalProcessesSchema }),
  /** Whether keys are hidden at this moment. */
  hidden: defineHostMethod({ name: 'hidden.look', input: byId, output: z.object({ hidden: z.boolean() }) }),
  /** `door`: null for the person's own login. */
  setKube: defineHostMethod({
    name: 'kube.set',
    input: z.object({ id: z.string(), kube: kubeRequestSchema, door: doorSchema.nullable().default(null) }),
    output: terminalKubeSchema.nullable(),
  }),
} as const;
