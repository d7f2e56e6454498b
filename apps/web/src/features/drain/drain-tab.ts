import { drainOptionsSchema } from '@quarterdeck/contract';
import { CircleArrowOutUpRight } from 'lucide-react';
import { lazy } from 'react';
import * as z from 'zod';
import { defineDockTab } from '../dock/dock-tab.ts';

/** A drain of one node, or of several one after the other. It runs as long as its tab is there. */
export const drainSubjectSchema = z.object({
  /** Tells one drain from the next of the same nodes. */
  id: z.string(),
  nodes: z.array(z.object({ name: z.string(), pods: z.number().int() })),
  options: drainOptionsSchema,
});
export type DrainSubject = z.infer<typeof drainSubjectSchema>;

export const drainTab = defineDockTab({
  type: 'drain',
  subject: drainSubjectSchema,
  icon: CircleArrowOutUpRight,
  title: ({ nodes }, messages) => messages.drain.tab(nodes.map(({ name }) => name)),
  Panel: lazy(async () => ({ default: (await import('./drain-panel.tsx')).DrainPanel })),
});
