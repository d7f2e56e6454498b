import type { ActionDraft } from '@quarterdeck/contract';
import { createContext, useContext } from 'react';
import type { ActionTarget, ObjectAction } from './object-action.ts';

export interface ObjectActions {
  /** What this person can do with these objects, in the order of the menus. */
  of(targets: readonly ActionTarget[]): readonly ObjectAction[];
  run(action: ObjectAction, targets: readonly ActionTarget[]): void;
  /** Shows what changes would do, to be approved. */
  preview(draft: ActionDraft): void;
  /** Shows an action that is there already: a preview to approve, or how it goes. */
  show(id: string): void;
}

export const ObjectActionsContext = createContext<ObjectActions | null>(null);

export function useObjectActions(): ObjectActions {
  const actions = useContext(ObjectActionsContext);
  if (actions === null) throw new Error('useObjectActions needs an ObjectActionsProvider above it.');
  return actions;
}
