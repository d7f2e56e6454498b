import { type Change, type EditPlan, editRoutes, type FieldConflict, type ObjectRef } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { useClusterScope } from '../../clusters/clusters.tsx';
import { useObjectActions } from '../../object-actions/use-object-actions.tsx';
import { type PlainObject, withHidden } from './editable.ts';

export interface Saving {
  plan(edit: { base: PlainObject; mine: PlainObject }): void;
  pending: boolean;
  error: Error | null;
  /** Fields of others that the edit would take; empty where there is nothing to decide. */
  conflicts: readonly FieldConflict[];
  /** Goes on to the preview of taking them over: said in so many words, never assumed. */
  takeOver(): void;
  dismiss(): void;
}

/** Finds out which change an edit is; one that takes nobody's field goes on to its preview. */
export function useSave(target: ObjectRef): Saving {
  const { api } = useServices();
  const scope = useClusterScope();
  const { preview } = useObjectActions();
  const words = useMessages().editor;
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const show = (change: Change) => preview({ title: words.saveTitle(target.kind, target.name), steps: [{ change }] });
  const plan = useMutation({
    mutationFn: ({ base, mine }: { base: PlainObject; mine: PlainObject }): Promise<EditPlan> => {
      leaving.current?.abort();
      leaving.current = new AbortController();
      const edit = { target, base: { ...base }, edited: withHidden(mine, base) };
      return api.call(editRoutes.planEdit, { ...scope, ...edit }, { signal: leaving.current.signal });
    },
    onSuccess: ({ change, conflicts }) => {
      if (conflicts.length === 0) show(change);
    },
  });
  const { data } = plan;
  return {
    plan: plan.mutate,
    pending: plan.isPending,
    error: plan.error,
    conflicts: data?.conflicts ?? [],
    takeOver() {
      if (data?.change.verb === 'apply') show({ ...data.change, force: true });
      plan.reset();
    },
    dismiss: plan.reset,
  };
}
