import { AppError, type Edit, type EditPlan, type KindSchema, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import { apiOf } from '../../access/api-of.ts';
import { objectPath } from '../../access/resource-path.ts';
import { type KeptOpenApi, OpenApiDocuments } from '../../openapi/openapi-documents.ts';
import { schemaOfKind } from '../../openapi/schema-of-kind.ts';
import { tryChange } from '../preview-change.ts';
import { fieldManager } from '../request-of.ts';
import { type ChangeAccess, servedKind } from '../resolve-change.ts';
import { readRaw } from '../send-change.ts';
import { editedChange } from './edited-change.ts';
import { isRecord } from './typed-values.ts';

const entriesSchema = z.array(
  z.looseObject({
    manager: z.string().default(''),
    operation: z.string().default('Update'),
    subresource: z.string().optional(),
    fieldsV1: z.record(z.string(), z.unknown()).default({}),
  }),
);

/**
 * The change that an edit is, tried. Throws CONFLICT where the object is another one than was read, NOT_FOUND where it
 * is gone, VALIDATION_ERROR where nothing changes, and what the API server refuses.
 */
export async function planEdit(access: ChangeAccess, edit: Edit, kept: KeptOpenApi, signal: AbortSignal): Promise<EditPlan> {
  const { target, base } = edit;
  const kind = await servedKind(access, target, signal);
  const path = objectPath(kind, target.namespace, target.name);
  const live = await readRaw(apiOf(access), path, { resource: kind.plural, namespace: target.namespace, name: target.name }, signal);
  if (live === null) throw new AppError('NOT_FOUND', `There is no ${refLabel(target)} any more.`, { hint: 'Create it anew with the text that you have.' });
  const read = isRecord(base.metadata) ? base.metadata.resourceVersion : undefined;
  const { resourceVersion, managedFields } = live.metadata;
  if (read !== undefined && read !== resourceVersion) {
    throw new AppError('CONFLICT', `${refLabel(target)} was changed meanwhile.`, {
      hint: 'Take in what was changed, then save again.',
      details: { resourceVersion },
    });
  }
  const change = editedChange(edit, { schema: await schemaOf(access, kind, kept, signal), owned: appliedByUs(managedFields) });
  return { change, conflicts: change.verb === 'apply' ? (await tryChange(access, change, signal)).conflicts : [] };
}

/** Some kinds of aggregated servers have none: their objects can be edited all the same. */
async function schemaOf(access: ChangeAccess, kind: Parameters<typeof schemaOfKind>[1], kept: KeptOpenApi, signal: AbortSignal): Promise<KindSchema | null> {
  try {
    return schemaOfKind(await new OpenApiDocuments(access, kept).schemas(kind.apiVersion, signal), kind);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'NOT_FOUND') return null;
    throw thrown;
  }
}

function appliedByUs(managedFields: unknown): Record<string, unknown> {
  const entries = entriesSchema.safeParse(managedFields ?? []).data ?? [];
  return entries.find(({ manager, operation, subresource }) => manager === fieldManager && operation === 'Apply' && subresource === undefined)?.fieldsV1 ?? {};
}
