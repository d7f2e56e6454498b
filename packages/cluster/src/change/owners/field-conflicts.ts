import type { AppError, FieldConflict } from '@quarterdeck/contract';
import * as z from 'zod';
import { type FieldOwner, fieldOwners } from './field-owners.ts';

const causesSchema = z.array(z.object({ reason: z.literal('FieldManagerConflict'), message: z.string(), field: z.string() }));

/**
 * The conflicts that a refused server-side apply names, one entry a manager; empty for any other error.
 * `managedFields` is that of the live object: it says since when.
 */
export function fieldConflicts(error: AppError, managedFields: unknown): FieldConflict[] {
  const causes = causesSchema.safeParse(error.details.causes);
  if (!causes.success) return [];
  const owners = fieldOwners(managedFields);
  const conflicts = new Map<string, FieldConflict>();
  for (const { message, field } of causes.data) {
    const manager = /conflict with "((?:[^"\\]|\\.)*)"/.exec(message)?.[1] ?? 'unknown';
    const entry = conflicts.get(message) ?? { manager, fields: [], ...writing(owners, manager, field, message) };
    entry.fields.push(field);
    conflicts.set(message, entry);
  }
  return [...conflicts.values()];
}

function writing(owners: readonly FieldOwner[], manager: string, field: string, message: string): Pick<FieldConflict, 'since' | 'operation'> {
  const own = owners.filter((owner) => owner.manager === manager);
  const owner = own.find(({ fields }) => fields.some((path) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`))) ?? own[0];
  if (owner === undefined) return { since: /\bat (\S+Z)/.exec(message)?.[1] ?? null, operation: null };
  const through = owner.subresource === null ? '' : ` through ${owner.subresource}`;
  return { since: owner.since, operation: `${owner.operation}${through}` };
}
