import { AppError, bookkeepingFields, type Change, type Edit, type FieldSchema, groupOf, type KindSchema } from '@quarterdeck/contract';
import { jsonPatch } from './json-patch.ts';
import { childOf, isRecord, itemKey, rootOf, same } from './typed-values.ts';

/** What the object is edited on. */
export interface EditGround {
  /** Null where the cluster publishes none: lists are then one value each, as the API server has it too. */
  schema: KindSchema | null;
  /** The fields that we applied before (`fieldsV1`): a server-side apply says all of its fields each time, or gives them up. */
  owned: Readonly<Record<string, unknown>>;
}

const nothing = Symbol('nothing');

/**
 * The one change that leads from what was read to what is wanted. A server-side apply of the fields that differ, with
 * those that we applied before, so that the API server tells whose fields they are; nobody's field can be taken away by
 * that, so an edit that removes something is a JSON patch, on exactly the version that was read. Pure. Throws
 * VALIDATION_ERROR where nothing differs, or where the edit is of another object.
 */
export function editedChange({ target, base, edited }: Edit, { schema, owned }: EditGround): Change {
  const [before, after] = [plain(base), plain(edited)];
  checkSame(target, after);
  if (same(before, after)) throw new AppError('VALIDATION_ERROR', 'Nothing would change.', { hint: 'Change something of the object first.' });
  const root = schema === null ? undefined : rootOf(schema);
  if (isSecret(target) || takesAway(before, after, root, schema)) return patchOf(target, base, before, after);
  const picked = pick(before, after, owned, root, schema);
  const metadata = isRecord(picked) && isRecord(picked.metadata) ? picked.metadata : {};
  const { name, namespace } = target;
  const head = { apiVersion: target.apiVersion, kind: target.kind, metadata: { ...metadata, name, ...(namespace === null ? {} : { namespace }) } };
  return { verb: 'apply', target, manifest: { ...(isRecord(picked) ? picked : {}), ...head }, force: false };
}

export function isSecret({ kind, apiVersion }: Edit['target']): boolean {
  return kind === 'Secret' && groupOf(apiVersion) === '';
}

function patchOf(target: Edit['target'], base: Edit['base'], before: Record<string, unknown>, after: Record<string, unknown>): Change {
  const version = isRecord(base.metadata) ? base.metadata.resourceVersion : undefined;
  const sameVersion = typeof version === 'string' ? [{ op: 'test', path: '/metadata/resourceVersion', value: version }] : [];
  return { verb: 'patch', target, patchType: 'json', patch: [...sameVersion, ...jsonPatch(before, after)] };
}

function checkSame({ apiVersion, kind, namespace, name }: Edit['target'], after: Record<string, unknown>): void {
  const metadata = isRecord(after.metadata) ? after.metadata : {};
  const other = after.apiVersion !== apiVersion || after.kind !== kind || metadata.name !== name || (metadata.namespace ?? null) !== namespace;
  if (!other) return;
  throw new AppError('VALIDATION_ERROR', 'An object keeps its apiVersion, kind, name and namespace.', {
    hint: 'To have it under another name, create it anew.',
  });
}

/** Without the status and what the server keeps count with. */
export function plain({ status: _status, metadata, ...rest }: Record<string, unknown>): Record<string, unknown> {
  if (!isRecord(metadata)) return { ...rest, metadata };
  return { ...rest, metadata: Object.fromEntries(Object.entries(metadata).filter(([field]) => !bookkeepingFields.includes(field))) };
}

/** Whether something is gone that an apply could not take away. A value that is replaced as a whole is none. */
function takesAway(before: unknown, after: unknown, field: FieldSchema | undefined, schema: KindSchema | null): boolean {
  if (isRecord(before) && isRecord(after)) {
    if (field?.atomic === true) return false;
    return Object.entries(before).some(([name, value]) => !(name in after) || takesAway(value, after[name], childOf(schema, field, name), schema));
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  if (field?.set === true) return before.some((item) => !after.some((other) => same(item, other)));
  const keys = field?.listKeys;
  if (keys === undefined) return false;
  const item = childOf(schema, field, 0);
  return before.some((old) => {
    const kept = after.find((other) => itemKey(other, keys, item) === itemKey(old, keys, item));
    return kept === undefined || takesAway(old, kept, item, schema);
  });
}

/** The part of `after` that differs or that we own already. */
function pick(before: unknown, after: unknown, owned: unknown, field: FieldSchema | undefined, schema: KindSchema | null): unknown {
  const tree = isRecord(owned) ? owned : undefined;
  if (tree === undefined && same(before, after)) return nothing;
  if (isRecord(after) && (isRecord(before) || before === undefined) && field?.atomic !== true) {
    const fields = Object.entries(after).flatMap(([name, value]) => {
      const inner = pick(isRecord(before) ? before[name] : undefined, value, tree?.[`f:${name}`], childOf(schema, field, name), schema);
      return inner === nothing ? [] : [[name, inner]];
    });
    return fields.length === 0 && before !== undefined ? nothing : Object.fromEntries(fields);
  }
  const keys = field?.listKeys;
  if (Array.isArray(after) && keys !== undefined) return pickItems(Array.isArray(before) ? before : [], after, tree, { field, keys, schema });
  return after;
}

function pickItems(
  before: readonly unknown[],
  after: readonly unknown[],
  tree: Readonly<Record<string, unknown>> | undefined,
  { field, keys, schema }: { field: FieldSchema | undefined; keys: readonly string[]; schema: KindSchema | null },
): unknown {
  const item = childOf(schema, field, 0);
  const items = after.flatMap((value) => {
    const key = itemKey(value, keys, item);
    const inner = pick(
      before.find((old) => itemKey(old, keys, item) === key),
      value,
      tree?.[`k:${key}`],
      item,
      schema,
    );
    if (inner === nothing) return [];
    const named = isRecord(value) ? Object.fromEntries(keys.filter((name) => name in value).map((name) => [name, value[name]])) : {};
    return [isRecord(inner) ? { ...named, ...inner } : inner];
  });
  return items.length === 0 ? nothing : items;
}
