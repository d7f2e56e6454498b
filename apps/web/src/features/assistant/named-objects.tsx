import { type ObjectRef, type ResourceKind, toAppError } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import { objectQuery } from '../object-actions/use-objects.ts';
import { ObjectChip } from '../objects/object-chip.tsx';
import { kindName } from '../objects/object-key.ts';
import { findNamed, namedAlone } from './find-named.ts';

/** Code within a line: an object that exists is its chip. */
export function InlineCode({ text }: { text: string }) {
  const named = namedAlone(text);
  const object = useRef(named);
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
  const object = useRef(named);
  return object === null ? named.text : <Named object={object}>{named.text}</Named>;
}

function useRef(named: ReturnType<typeof namedAlone>): ObjectRef | null {
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
  const found = useQuery({
    ...objectQuery(api, scope, { object }),
    staleTime: 60_000,
    retry: (failures, thrown) => failures < 1 && toAppError(thrown).code !== 'NOT_FOUND',
  });
  return found.data === undefined ? children : <ObjectChip object={object} withNamespace />;
}
