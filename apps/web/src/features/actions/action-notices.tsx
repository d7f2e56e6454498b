import type { ActionSummary, HealthState } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { notify } from '../../ui/notify.ts';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { useMay } from '../session/session.tsx';
import { useActionEnds, useActionsFeed } from './actions-feed.tsx';
import { useUndo } from './use-actions.ts';

const shapes: Partial<Record<ActionSummary['state'], HealthState>> = { succeeded: 'healthy', failed: 'critical', interrupted: 'high', stopped: 'paused' };

/** Says how an action of this session ended, where nobody is looking at it, and offers the way back. */
export function ActionNotices() {
  const { actions } = useMessages();
  const { isLookedAt } = useActionsFeed();
  const { show } = useObjectActions();
  const mayPropose = useMay('action.propose');
  const undo = useUndo(({ id }) => show(id));
  useActionEnds(({ id, title, state, reason, undoable }) => {
    if (isLookedAt(id)) return;
    const back = undoable && mayPropose && state === 'succeeded';
    notify({
      id: `action-${id}`,
      text: actions.endedNotice(title, actions.states[state]),
      ...(reason === null ? {} : { detail: reason }),
      state: shapes[state] ?? 'unknown',
      action: back
        ? {
            label: actions.undo,
            run: () => undo.mutate(id, { onError: (error) => notify({ text: actions.notUndone, detail: error.message, state: 'critical' }) }),
          }
        : { label: actions.show, run: () => show(id) },
    });
  });
  return null;
}
