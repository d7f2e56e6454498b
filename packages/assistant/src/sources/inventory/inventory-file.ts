import { AppError } from '@quarterdeck/contract';
import { parse, YAMLParseError } from 'yaml';
import * as z from 'zod';

const name = z.string().min(1).max(253);
const entry = { name, description: z.string().max(2_000).optional(), owner: name.optional(), dependsOn: z.array(name).default([]) };

export const inventoryKinds = ['servers', 'services', 'domains', 'databases'] as const;
export type InventoryKind = (typeof inventoryKinds)[number];

/** A list of what an organisation runs, written by hand or by another program. */
export const inventorySchema = z.strictObject({
  servers: z.array(z.strictObject({ ...entry, address: z.string().max(253).optional(), os: z.string().max(100).optional() })).default([]),
  services: z.array(z.strictObject({ ...entry, url: z.string().max(2_000).optional(), runsOn: z.array(name).default([]) })).default([]),
  domains: z.array(z.strictObject({ ...entry, registrar: z.string().max(100).optional(), expires: z.iso.date().optional() })).default([]),
  databases: z
    .array(z.strictObject({ ...entry, engine: z.string().max(100).optional(), version: z.string().max(100).optional(), host: name.optional() }))
    .default([]),
});
export type Inventory = z.infer<typeof inventorySchema>;

/** Reads YAML or JSON. Throws VALIDATION_ERROR that names the place. */
export function parseInventory(text: string): Inventory {
  const parsed = inventorySchema.safeParse(readYaml(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('VALIDATION_ERROR', `The inventory is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}.`, {
    hint: `It has the lists ${inventoryKinds.join(', ')}; each entry has a name.`,
    cause: parsed.error,
  });
}

function readYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 }) ?? {};
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new AppError('VALIDATION_ERROR', `The inventory is no YAML: ${error.message}`, { hint: 'Correct the line that is named.', cause: error });
  }
}
