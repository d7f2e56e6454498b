import { type ObjectRef, type ResourceKind, resourceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import { ObjectChip } from '../objects/object-chip.tsx';
import { kindName, objectKey } from '../objects/object-key.ts';
import { findNamed, namedAlone } from './find-named.ts';

/** So many objects of one name are looked through for the one that is meant. */
const mostOfOneName = 50;

/** Code within a line: an object that exists is its chip. */
export function InlineCode({ text }: { text: string }) {
  const named = namedAlone(text);
  const object = useRefOf(named);
  return object === null ? <code>{text}</code> : <Named object={object}>{<code>{text}</code>}</Named>;
}

/** Words of an answer; objects that are named with their kind and namespace, and exist, are their chips. */
export function WordsWithObjects({ text }: { text: string }) {
  const pieces = findNamed(text);
  if (pieces.length === 1) return text;
  return pieces.map((piece, index) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces keep their places.
      <NamedInWords key={index} {...piece} />
    ),
  );
}

function NamedInWords(named: NonNullable<ReturnType<typeof namedAlone>>) {
  const object = useRefOf(named);
  return object === null ? named.text : <Named object={object}>{named.text}</Named>;
}

function useRefOf(named: ReturnType<typeof namedAlone>): ObjectRef | null {
  const { kinds } = useKinds();
  if (named === null) return null;
  const known = kindOf(named.kind, kinds);
  if (known === undefined || known.namespaced !== (named.namespace !== null)) return null;
  return { apiVersion: known.apiVersion, kind: known.kind, namespace: named.namespace, name: named.name };
}

function kindOf(kind: string, kinds: readonly ResourceKind[]): ResourceKind | undefined {
  return kinds.find((each) => each.kind === kind || kindName(each) === kind);
}

/** Names that nobody has are words and nothing more. */
function Named({ object, children }: { object: ObjectRef; children: ReactNode }) {
  const { api } = useServices();
  const scope = useClusterScope();
  const { data } = useQuery({
    queryKey: ['search', scope.cluster, object.name, 'named'],
    queryFn: ({ signal }) => api.call(resourceRoutes.searchObjects, { ...scope, q: object.name, limit: mostOfOneName }, { signal }),
    staleTime: 60_000,
  });
  const found = data?.items.find((item) => objectKey(item.object) === objectKey(object));
  return found === undefined ? children : <ObjectChip object={found.object} state={found.state} stateText={found.stateText} withNamespace />;
}
