import { AppError, type Edit, type EditPlan, type KindSchema, type KubeObject, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';
import { apiOf } from '../../access/api-of.ts';
import { objectPath } from '../../access/resource-path.ts';
import { type KeptOpenApi, OpenApiDocuments } from '../../openapi/openapi-documents.ts';
import { schemaOfKind } from '../../openapi/schema-of-kind.ts';
import { tryChange } from '../preview-change.ts';
import { fieldManager } from '../request-of.ts';
import { type ChangeAccess, servedKind } from '../resolve-change.ts';
import { readRaw } from '../send-change.ts';
import { editedChange, isSecret, plain } from './edited-change.ts';
import { isRecord, same } from './typed-values.ts';

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
  const { resourceVersion, managedFields } = live.metadata;
  if (changedMeanwhile(edit, live)) {
    throw new AppError('CONFLICT', `${refLabel(target)} was changed meanwhile.`, {
      hint: 'Take in what was changed, then save again.',
      details: { resourceVersion },
    });
  }
  const change = editedChange(
    { ...edit, base: atVersion(base, resourceVersion) },
    { schema: await schemaOf(access, kind, kept, signal), owned: appliedByUs(managedFields) },
  );
  return { change, conflicts: change.verb === 'apply' ? (await tryChange(access, change, signal)).conflicts : [] };
}

/** A controller that writes a status makes another version of the same content. The values of a Secret may have been hidden from whoever read it. */
function changedMeanwhile({ target, base }: Edit, live: KubeObject): boolean {
  const read = versionOf(base);
  if (read === undefined || read === live.metadata.resourceVersion) return false;
  return isSecret(target) || !same(plain(base), plain({ ...live }));
}

function versionOf({ metadata }: Edit['base']): unknown {
  return isRecord(metadata) ? metadata.resourceVersion : undefined;
}

/** Who edited a version means that content, whichever version it stands in by now. */
function atVersion(base: Edit['base'], resourceVersion: unknown): Edit['base'] {
  return isRecord(base.metadata) && versionOf(base) !== undefined ? { ...base, metadata: { ...base.metadata, resourceVersion } } : base;
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
