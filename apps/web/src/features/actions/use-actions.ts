import { type Action, type ActionDraft, type AppError, actionRoutes, finalActionStates, type RouteCall, toAppError } from '@quarterdeck/contract';
import { type UseMutationResult, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useActionsFeed } from './actions-feed.tsx';
import { freshPreview } from './approval.ts';
import { followAction, pauseOf } from './follow-action.ts';

const keyOf = (id: string) => ['action', id];
const listKey = ['actions'];
/** The preview that a fresh one stands for. */
const staleKey = (fresh: string) => ['action outdated by', fresh];
const firstPage: string | null = null;
const beforeNextTry = pauseOf(2_000);

/** One action as it stands, live until it has ended; `lost` is why nothing is heard of it. */
export function useAction(id: string) {
  const { api } = useServices();
  const queries = useQueryClient();
  const [lost, setLost] = useState<AppError | null>(null);
  const action = useQuery({ queryKey: keyOf(id), queryFn: ({ signal }) => api.call(actionRoutes.getAction, { id }, { signal }) });
  const open = action.data !== undefined && !finalActionStates.has(action.data.state);
  useEffect(() => {
    if (!open) return;
    const leaving = new AbortController();
    const onAction = (next: Action) => {
      queries.setQueryData(keyOf(id), next);
      if (!finalActionStates.has(next.state)) return;
      void queries.invalidateQueries({ queryKey: listKey });
      if (next.undoes !== null) void queries.invalidateQueries({ queryKey: keyOf(next.undoes) });
    };
    void followAction(api, id, { onAction, onLost: setLost }, beforeNextTry, leaving.signal);
    return () => leaving.abort();
  }, [open, id, api, queries]);
  return { action, lost };
}

/** All that there is, newest first; further back as one asks for it. Without a cluster, of all of them. */
export function useActions(filter: Pick<RouteCall<typeof actionRoutes.listActions>, 'cluster' | 'issue'>) {
  const { api } = useServices();
  return useInfiniteQuery({
    queryKey: [...listKey, filter],
    initialPageParam: firstPage,
    queryFn: ({ signal, pageParam }) =>
      api.call(actionRoutes.listActions, { ...filter, limit: 100, ...(pageParam === null ? {} : { before: pageParam }) }, { signal }),
    getNextPageParam: ({ next }) => next,
    staleTime: 5_000,
  });
}

/** Something that answers with an action: it is kept, so that the page of it is there at once. */
function useKept<Input>(call: (input: Input) => Promise<Action>, onDone: (action: Action) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: (action) => {
      queries.setQueryData(keyOf(action.id), action);
      onDone(action);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: listKey }),
  });
}

export function usePreview(onDone: (action: Action) => void) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useKept((draft: ActionDraft) => api.call(actionRoutes.previewAction, { ...scope, ...draft }), onDone);
}

const nothing = () => undefined;

export type Approving = UseMutationResult<Action, Error, string>;

/** Where something changed since the preview, `onFresh` gets the id of the fresh one. */
export function useApprove({ id, cluster, hash }: Pick<Action, 'id' | 'cluster' | 'hash'>, onFresh: (id: string) => void): Approving {
  const { api } = useServices();
  const queries = useQueryClient();
  const { own } = useActionsFeed();
  const approve = useKept(
    (note: string) => api.call(actionRoutes.approveAction, { id, cluster, hash, ...(note === '' ? {} : { note }) }),
    () => own(id),
  );
  const { error } = approve;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an error is told once; whoever is told may be another function each time.
  useEffect(() => {
    if (error === null) return;
    const fresh = freshPreview(toAppError(error).details);
    if (fresh !== null) {
      queries.setQueryData(staleKey(fresh), queries.getQueryData(keyOf(id)));
      onFresh(fresh);
    }
    void queries.invalidateQueries({ queryKey: keyOf(id) });
  }, [error, id, queries]);
  return approve;
}

/** The preview that this one was made in place of, because something changed; null where there is none that was looked at here. */
export function useOutdatedBy(fresh: string): Action | null {
  return useQueryClient().getQueryData<Action>(staleKey(fresh)) ?? null;
}

export function useStop() {
  const { api } = useServices();
  return useKept(({ id, cluster }: Pick<Action, 'id' | 'cluster'>) => api.call(actionRoutes.stopAction, { id, cluster }), nothing);
}

export function useUndo(onDone: (action: Action) => void) {
  const { api } = useServices();
  return useKept((id: string) => api.call(actionRoutes.undoAction, { id }), onDone);
}

/** The same steps once more, on the state of now. */
export function useRepeat(onDone: (action: Action) => void) {
  const { api } = useServices();
  return useKept((id: string) => api.call(actionRoutes.repeatAction, { id }), onDone);
}
