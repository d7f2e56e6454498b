import type { ActionDraft } from '@quarterdeck/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { notify } from '../../ui/notify.ts';
import { noChangesIn } from '../actions/approval.ts';
import { useClusterScope, useClusters } from '../clusters/clusters.tsx';
import { useDock } from '../dock/use-dock.tsx';
import { objectKey } from '../objects/object-key.ts';
import { useSession } from '../session/session.tsx';
import { allObjectActions } from './all-object-actions.ts';
import type { ActionTarget, AskedForm, ObjectAction, ObjectActionContext } from './object-action.ts';
import { type ObjectActions, ObjectActionsContext } from './use-object-actions.tsx';
import { objectQuery } from './use-objects.ts';

const ActionDialog = lazy(async () => ({ default: (await import('../actions/action-dialog.tsx')).ActionDialog }));

type Shown =
  | { what: 'preview'; draft: ActionDraft; options: AskedForm | null }
  | { what: 'form'; asked: AskedForm; draft: ActionDraft | null }
  | { what: 'action'; id: string };

/** Hosts the form and the preview of whatever is done to objects anywhere on the page. */
export function ObjectActionsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const context = useActionContext(setShown);
  const { permissions } = useSession();
  const readOnly = noChangesIn(useClusters().selected) !== null;
  const actions = useMemo<ObjectActions>(
    () => ({
      of: (targets) =>
        allObjectActions.filter(
          (action) =>
            isOffered(action, targets) &&
            (action.permission === null || permissions.includes(action.permission)) &&
            !(readOnly && (action.group === 'change' || action.group === 'remove')),
        ),
      run: (action, targets) => action.run(targets, context),
      preview: context.preview,
      show: (id) => setShown({ what: 'action', id }),
    }),
    [context, permissions, readOnly],
  );
  return (
    <ObjectActionsContext value={actions}>
      {children}
      <Suspense>{shown !== null && <ShownDialog shown={shown} onShow={setShown} />}</Suspense>
    </ObjectActionsContext>
  );
}

function ShownDialog({ shown, onShow }: { shown: Shown; onShow(shown: Shown | null): void }) {
  const close = () => onShow(null);
  if (shown.what === 'action') return <ActionDialog key={shown.id} start={{ id: shown.id }} onClose={close} />;
  if (shown.what === 'form') {
    const { asked, draft } = shown;
    return <asked.Form targets={asked.targets} draft={draft} onDraft={(next) => onShow({ what: 'preview', draft: next, options: asked })} onCancel={close} />;
  }
  const { draft, options } = shown;
  const onOptions = options === null ? null : () => onShow({ what: 'form', asked: options, draft });
  return <ActionDialog start={{ draft }} onOptions={onOptions} onClose={close} />;
}

function isOffered({ many, appliesTo }: ObjectAction, targets: readonly ActionTarget[]): boolean {
  return targets.length > 0 && (many || targets.length === 1) && targets.every(appliesTo);
}

function useActionContext(show: (shown: Shown) => void): ObjectActionContext {
  const messages = useMessages();
  const dock = useDock();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { api } = useServices();
  const scope = useClusterScope();
  return useMemo(
    () => ({
      cluster: scope.cluster ?? '',
      messages,
      dock,
      openObject: (object, section) => void navigate({ to: '.', search: (before) => ({ ...before, open: objectKey(object), section }) }),
      read: async (object) => (await queries.fetchQuery({ ...objectQuery(api, scope, { object }), staleTime: 0 })).object,
      preview: (draft, options) => show({ what: 'preview', draft, options: options ?? null }),
      ask: (Form, targets) => show({ what: 'form', asked: { Form, targets }, draft: null }),
      copy: (text, told) => {
        navigator.clipboard.writeText(text).then(
          () => notify({ id: 'copied', text: told }),
          () => notify({ id: 'copied', text: messages.objectActions.notCopied, state: 'high' }),
        );
      },
    }),
    [scope, messages, dock, navigate, queries, api, show],
  );
}
