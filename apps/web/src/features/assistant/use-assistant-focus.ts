import type { AskedFocus } from '@quarterdeck/contract';
import { useLocation, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { parseObjectKey } from '../objects/object-key.ts';

export interface AssistantFocus {
  focus: AskedFocus;
  /** Whether it is about more than the cluster as a whole. */
  particular: boolean;
  /** Leaves the object or issue away until another one is looked at. */
  forget(): void;
}

/** What the page shows: its object or issue, its namespace. `wished` stands in place of it until the page shows something else. */
export function useAssistantFocus(wished: Partial<AskedFocus> | undefined): AssistantFocus {
  const page = useLocation({ select: ({ pathname }) => pathname });
  const open = useSearch({ strict: false, select: ({ open }) => open });
  const ns = useSearch({ strict: false, select: ({ ns }) => ns });
  const seen = useMemo(() => focusOf(page, open, ns), [page, open, ns]);
  const [left, setLeft] = useState<AskedFocus | null>(null);
  const [wish, setWish] = useState<{ of: AskedFocus; focus: Partial<AskedFocus> } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a wish is of the moment when it is made.
  useEffect(() => {
    if (wished !== undefined) setWish({ of: seen, focus: wished });
  }, [wished]);
  const focus = useMemo<AskedFocus>(() => {
    if (left === seen) return { ...seen, object: null, issueId: null };
    return wish !== null && wish.of === seen ? { ...seen, object: null, issueId: null, ...wish.focus } : seen;
  }, [seen, left, wish]);
  return { focus, particular: focus.object !== null || focus.issueId !== null, forget: () => setLeft(seen) };
}

const ofIssue = /^\/issues\/([^/]+)$/;
const ofObject = /^\/objects\/(.+)$/;

/** Pure. The drawer lies over the page: what is in it is what one looks at. */
export function focusOf(page: string, open: string | undefined, ns: string | undefined): AskedFocus {
  const path = decodeURIComponent(page);
  const address = parseObjectKey(open ?? ofObject.exec(path)?.[1] ?? '');
  const object = address === undefined ? null : { kind: shortKind(address.kind), namespace: address.namespace, name: address.name };
  const namespace = object?.namespace ?? (ns !== undefined && ns !== '' && !ns.includes(',') ? ns : null);
  return { page: path.slice(0, 200), namespace, object, issueId: object === null ? (ofIssue.exec(path)?.[1] ?? null) : null };
}

const builtInGroups = /\.(apps|batch|autoscaling|policy|networking\.k8s\.io|storage\.k8s\.io|rbac\.authorization\.k8s\.io)$/;

/** `Deployment.apps` is the Deployment; a kind of somebody's own keeps its group. */
function shortKind(kind: string): string {
  return kind.replace(builtInGroups, '');
}
