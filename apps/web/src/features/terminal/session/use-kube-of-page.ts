import { type TerminalKube, terminalRoutes } from '@quarterdeck/contract';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useServices } from '../../../app/services.ts';
import { useClusters } from '../../clusters/clusters.tsx';
import type { SessionState } from './session-state.ts';

/** The namespace that the page is narrowed down to; null where it shows several or all. */
export function useNamespaceOfPage(): string | null {
  const names = useSearch({ strict: false, select: (search) => search.ns });
  return names === undefined || names === '' || names.includes(',') ? null : names;
}

/**
 * Lets the kubectl of a session speak to the cluster that is selected on the page, whenever another one is; a session
 * that is pinned, or that another page types into, keeps its own.
 */
export function useFollowedCluster(state: SessionState | null, types: boolean, onFailure: (thrown: unknown) => void): void {
  const { api } = useServices();
  const { selected } = useClusters();
  // A recording has no context that kubectl could speak to.
  const context = selected === null || selected.file === null ? null : selected.id;
  const namespace = useNamespaceOfPage();
  const before = useRef({ context, namespace });
  const latest = useRef({ state, types, onFailure });
  latest.current = { state, types, onFailure };
  useEffect(() => {
    const last = before.current;
    before.current = { context, namespace };
    const { state: now, types: mine, onFailure: fail } = latest.current;
    // What is selected when the page begins is nobody's choice of now.
    if (last.context === null || context === null || (last.context === context && last.namespace === namespace)) return;
    if (now === null || !mine || now.session.state !== 'running') return;
    const next = followed(now.session.kube, context, namespace);
    if (next !== null) api.call(terminalRoutes.changeTerminal, { id: now.session.id, kube: next }).catch(fail);
  }, [api, context, namespace]);
}

/** Null where nothing changes. */
function followed(kube: TerminalKube | null, context: string, namespace: string | null): Omit<TerminalKube, 'production'> | null {
  if (kube === null || kube.pinned) return null;
  const next = { context, namespace: namespace ?? (kube.context === context ? kube.namespace : 'default'), pinned: false };
  return next.context === kube.context && next.namespace === kube.namespace ? null : next;
}
