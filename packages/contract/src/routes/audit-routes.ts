import * as z from 'zod';
import { actFilterSchema, actPageSchema, actSchema, ledgerEntrySchema, ledgerReportSchema } from '../audit/act.ts';
import { defineRoute } from './route.ts';

export const auditRoutes = {
  listActs: defineRoute({
    id: 'listActs',
    method: 'GET',
    path: '/api/audit',
    permission: 'audit.read',
    effect: 'read',
    summary: 'What was done through Quarterdeck by anyone, newest first: who, what, how it ended, and how to take it back.',
    input: actFilterSchema.extend({
      limit: z.coerce.number().int().positive().max(500).default(100),
      /** The `next` of the page before. */
      before: z.coerce.number().int().positive().optional(),
    }),
    output: actPageSchema,
  }),
  getAct: defineRoute({
    id: 'getAct',
    method: 'GET',
    path: '/api/audit/acts/:act',
    permission: 'audit.read',
    effect: 'read',
    summary: 'One act with everything that was written down about it.',
    input: z.object({ act: z.string().min(1) }),
    output: actSchema,
  }),
  verifyAudit: defineRoute({
    id: 'verifyAudit',
    method: 'GET',
    path: '/api/audit/verify',
    permission: 'audit.read',
    effect: 'read',
    summary: 'Whether every row of the ledger is as it was written. With an anchor, also whether its end is still there.',
    input: z.object({
      anchor: z
        .string()
        .regex(/^\d{1,15}:[0-9a-f]{64}$/, 'must be SEQ:HASH, as an earlier check gave it')
        .optional(),
    }),
    output: ledgerReportSchema,
  }),
  exportAudit: defineRoute({
    id: 'exportAudit',
    method: 'GET',
    path: '/api/audit/export',
    permission: 'audit.read',
    effect: 'read',
    summary: 'The ledger row by row, one line of JSON each, oldest first.',
    input: z.object({ from: z.coerce.number().int().positive().default(1) }),
    output: ledgerEntrySchema,
    streams: 'application/x-ndjson',
  }),
} as const;
