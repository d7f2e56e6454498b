import * as z from 'zod';
import { ledgerReportSchema } from '../audit/act.ts';

export const storageStatusSchema = z.object({
  engine: z.enum(['sqlite', 'postgres']),
  /** Where it is, without a password. */
  label: z.string(),
  /** Bytes on disk. */
  size: z.number().int().nonnegative(),
  /** Rows of each table, by name; the largest first. */
  tables: z.array(z.object({ name: z.string(), rows: z.number().int().nonnegative() })),
});
export type StorageStatus = z.infer<typeof storageStatusSchema>;

export const storageReportSchema = z.object({
  ok: z.boolean(),
  engine: storageStatusSchema.shape.engine,
  /** What SQLite says of its own file, at most a hundred lines; empty where all is well, and for PostgreSQL, which checks its pages itself. */
  damage: z.array(z.string()),
  ledger: ledgerReportSchema,
  /** Names of credentials that no key here opens. */
  unreadableSecrets: z.array(z.string()),
});
export type StorageReport = z.infer<typeof storageReportSchema>;
