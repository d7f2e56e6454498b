import type { ActionDraft } from '@quarterdeck/contract';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ActionDialog } from '../actions/action-dialog.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useDock } from '../dock/use-dock.tsx';
import { objectKey } from '../objects/object-key.ts';
import { useSession } from '../session/session.tsx';
import { allObjectActions } from './all-object-actions.ts';
import type { ActionFormProps, ActionTarget, ObjectAction, ObjectActionContext } from './object-action.ts';

export interface ObjectActions {
  /** What this person can do with these objects, in the order of the menus. */
  of(targets: readonly ActionTarget[]): readonly ObjectAction[];
  run(action: ObjectAction, targets: readonly ActionTarget[]): void;
  /** Shows what changes would do, to be approved. */
  preview(draft: ActionDraft): void;
}

const ObjectActionsContext = createContext<ObjectActions | null>(null);

type Shown = { draft: ActionDraft } | { Form: ComponentType<ActionFormProps>; targets: readonly ActionTarget[] };

/** Hosts the form and the preview of whatever is done to objects anywhere on the page. */
export function ObjectActionsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const context = useActionContext(setShown);
  const { permissions } = useSession();
  const actions = useMemo<ObjectActions>(
    () => ({
      of: (targets) =>
        allObjectActions.filter((action) => isOffered(action, targets) && (action.permission === null || permissions.includes(action.permission))),
      run: (action, targets) => action.run(targets, context),
      preview: context.preview,
    }),
    [context, permissions],
  );
  return (
    <ObjectActionsContext value={actions}>
      {children}
      {shown !== null && 'draft' in shown && <ActionDialog draft={shown.draft} onClose={() => setShown(null)} />}
      {shown !== null && 'Form' in shown && <shown.Form targets={shown.targets} onDraft={(draft) => setShown({ draft })} onCancel={() => setShown(null)} />}
    </ObjectActionsContext>
  );
}

function isOffered({ many, appliesTo }: ObjectAction, targets: readonly ActionTarget[]): boolean {
  return targets.length > 0 && (many || targets.length === 1) && targets.every(appliesTo);
}

function useActionContext(show: (shown: Shown) => void): ObjectActionContext {
  const messages = useMessages();
  const dock = useDock();
  const navigate = useNavigate();
  const cluster = useClusters().selected?.id ?? '';
  return useMemo(
    () => ({
      cluster,
      messages,
      dock,
      openObject: (object, section) => void navigate({ to: '.', search: (before) => ({ ...before, open: objectKey(object), section }) }),
      preview: (draft) => show({ draft }),
      ask: (Form, targets) => show({ Form, targets }),
      copy: (text) => void navigator.clipboard.writeText(text),
    }),
    [cluster, messages, dock, navigate, show],
  );
}

export function useObjectActions(): ObjectActions {
  const actions = useContext(ObjectActionsContext);
  if (actions === null) throw new Error('useObjectActions needs an ObjectActionsProvider above it.');
  return actions;
}
