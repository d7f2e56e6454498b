import { type BuiltInKind, builtInKinds, type ObjectRef, pluralOf, refTo } from '@quarterdeck/contract';
import type { KindLookup } from './references.ts';

const kindsByWord = new Map<string, BuiltInKind>();
for (const kind of Object.keys(builtInKinds).filter(isBuiltIn)) {
  for (const word of [kind.toLowerCase(), pluralOf(kind)]) kindsByWord.set(word, kind);
}

function isBuiltIn(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind);
}

/**
 * What the API server and client libraries say of what is not there: `secrets "x" not found`,
 * `storageclass.storage.k8s.io "x" not found`, `Secret "a/x" not found`, `referenced Secret x does not exist`,
 * `failed to get ConfigMap shop/x: not found`. Source of the first form: apimachinery/pkg/api/errors, NewNotFound.
 */
const quoted =
  /\b([A-Za-z]+)((?:\.[a-z0-9-]+)*)\s*:?\s+["'`]([^"'`\s]+)["'`][^.;,]{0,40}?\b(?:not found|does not exist|doesn't exist|could not be found|not exist|missing)/g;
const bare =
  /\b(secret|config ?map|service ?account|storage ?class|persistent ?volume ?claim|service|namespace|[A-Z][A-Za-z]+)\s+["'`]?([a-z0-9][a-z0-9./-]*[a-z0-9])["'`]?:?\s+(?:was |is |could )?(?:not (?:be )?found|does not exist|doesn't exist|not exist|is missing)/gi;

/** The objects that a message calls missing, in the namespace of the one who says so where none is named. */
export function missingByMessage(message: string, namespace: string | null, lookup: KindLookup): ObjectRef[] {
  const found: ObjectRef[] = [];
  for (const [, word = '', group = '', name = ''] of message.matchAll(quoted)) found.push(...refOfWord(word, group.slice(1), name, namespace, lookup));
  for (const [, word = '', name = ''] of message.matchAll(bare)) found.push(...refOfWord(word, '', name, namespace, lookup));
  return found;
}

function refOfWord(word: string, group: string, name: string, namespace: string | null, lookup: KindLookup): ObjectRef[] {
  const plain = word.replace(/[\s]/g, '').toLowerCase();
  const [place, own] = name.includes('/') ? [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)] : [namespace, name];
  const kind = kindsByWord.get(plain);
  if (kind !== undefined && (group === '' || builtInKinds[kind].apiVersion.startsWith(`${group}/`))) return [refTo(kind, place, own)];
  const custom = lookup(plain, group === '' ? null : group);
  return custom === null ? [] : [{ apiVersion: custom.apiVersion, kind: custom.kind, namespace: custom.namespaced ? place : null, name: own }];
}
