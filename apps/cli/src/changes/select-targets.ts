import { findKind, listAll, listRows } from '@quarterdeck/cluster';
import { AppError, type ObjectRef, type ResourceKind, refKey, refOf } from '@quarterdeck/contract';
import type { ChangeSession } from './change-session.ts';

export interface Selection {
  /** `TYPE NAME …`, `TYPE[,TYPE]` with a selector, or `TYPE/NAME …`. */
  targets: readonly string[];
  selector?: string | undefined;
  all?: boolean;
  /** As `status.phase=Failed`. */
  fieldSelector?: string | undefined;
  /** In the workbench's filter grammar. */
  where?: string | undefined;
  allNamespaces?: boolean;
  /** Where the type is known: arguments are names alone. */
  type?: string;
}

/** The objects that a person names, as kubectl takes them. Throws VALIDATION_ERROR, NOT_FOUND for a type that is not served. */
export async function selectTargets(session: ChangeSession, selection: Selection): Promise<ObjectRef[]> {
  const kinds = await session.access.kinds(session.context.signal);
  const { selector, all = false, fieldSelector, where } = selection;
  const isSelected = selector !== undefined || fieldSelector !== undefined || where !== undefined || all;
  const words = selection.type === undefined ? selection.targets : [selection.type, ...selection.targets];
  const [types, ...names] = words;
  if (types === undefined) throw wrong('No object is named.', 'Name TYPE NAME or TYPE/NAME, e.g. deploy/web.');
  if (words.some((word) => word.includes('/'))) {
    if (isSelected) throw wrong('A selector goes with types, not with names.', 'Leave one of them out.');
    return words.map((word) => oneTarget(session, kinds, word));
  }
  const wanted = types.split(',').map((type) => findKind(kinds, type));
  if (names.length > 0) {
    if (isSelected) throw wrong('Names and a selector exclude each other.', 'Leave one of them out.');
    return wanted.flatMap((kind) => names.map((name) => refIn(session, kind, name)));
  }
  if (!isSelected) throw wrong(`No name is given for ${types}.`, 'Name the objects, select them with -l, or take --all.');
  return (await Promise.all(wanted.map((kind) => listed(session, kind, selection)))).flat();
}

function oneTarget(session: ChangeSession, kinds: readonly ResourceKind[], word: string): ObjectRef {
  const [type = '', name = '', ...more] = word.split('/');
  if (type === '' || name === '' || more.length > 0) throw wrong(`${word} is not TYPE/NAME.`, 'Write each object as TYPE/NAME, e.g. deploy/web.');
  return refIn(session, findKind(kinds, type), name);
}

function refIn({ namespace }: ChangeSession, kind: ResourceKind, name: string): ObjectRef {
  return { apiVersion: kind.apiVersion, kind: kind.kind, namespace: kind.namespaced ? namespace : null, name };
}

async function listed({ access, namespace, context }: ChangeSession, kind: ResourceKind, selection: Selection): Promise<ObjectRef[]> {
  const { selector, fieldSelector, where, allNamespaces = false } = selection;
  const scope = kind.namespaced && !allNamespaces ? { namespace } : {};
  const matching =
    where === undefined ? null : await rowsWhere({ access, signal: context.signal }, kind, { filter: where, namespace: scope.namespace ?? null });
  const options = { ...scope, ...(selector === undefined ? {} : { labelSelector: selector }), ...(fieldSelector === undefined ? {} : { fieldSelector }) };
  const found = (await listAll(access, kind, { ...options, signal: context.signal })).items.map(refOf);
  return matching === null ? found : found.filter((ref) => matching.has(refKey(ref)));
}

async function rowsWhere(
  { access, signal }: Pick<ChangeSession, 'access'> & { signal: AbortSignal },
  kind: ResourceKind,
  { filter, namespace }: { filter: string; namespace: string | null },
): Promise<Set<string>> {
  const request = { filter, sort: '', namespace, limit: Number.MAX_SAFE_INTEGER, now: Date.now() };
  return new Set((await listRows(access, kind, request, signal)).items.map(({ object }) => refKey(object)));
}

function wrong(message: string, hint: string): AppError {
  return new AppError('VALIDATION_ERROR', message, { hint });
}
