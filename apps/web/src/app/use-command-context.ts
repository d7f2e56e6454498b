import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CommandContext } from '../commands/command.ts';
import { useClusters } from '../features/clusters/clusters.tsx';
import { useKinds } from '../features/clusters/use-kinds.ts';
import { useIssuesFeed } from '../features/issues/issues-feed.tsx';
import { useSession } from '../features/session/session.tsx';
import { useMessages } from '../messages/language.ts';
import { setPreferences, usePreferences } from '../preferences/preferences.ts';

type Actions = Pick<CommandContext, 'selectCluster' | 'openPalette' | 'showKeys'>;

const filterBox = () => document.querySelector<HTMLInputElement>('main input[data-filter]');

const noClusters: CommandContext['clusters'] = [];

/** What the commands see of the page as it stands. */
export function useCommandContext(actions: Actions): CommandContext {
  const path = useLocation({ select: (location) => location.pathname });
  const drawer = useSearch({ strict: false, select: (search) => search.open !== undefined });
  const { all, selected } = useClusters();
  const { kinds } = useKinds();
  const { list: issues } = useIssuesFeed();
  const preferences = usePreferences();
  const messages = useMessages();
  const session = useSession();
  const navigate = useNavigate();
  const go = useMemo<CommandContext['go']>(
    () => ({
      page: (to) => void navigate({ to, search: {} }),
      issue: (id) => void navigate({ to: '/issues/$issueId', params: { issueId: id }, search: {} }),
      kind: (kind) => void navigate({ to: '/resources/$kind', params: { kind }, search: {} }),
      closeDrawer: () => void navigate({ to: '.', search: (before) => ({ ...before, open: undefined, section: undefined }) }),
    }),
    [navigate],
  );
  return { path, messages, preferences, session, drawer, clusters: all ?? noClusters, selected, kinds, issues, go, filterBox, setPreferences, ...actions };
}
