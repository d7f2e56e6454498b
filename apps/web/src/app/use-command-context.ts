import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useSyncExternalStore } from 'react';
import type { CommandContext } from '../commands/command.ts';
import { useClusters } from '../features/clusters/clusters.tsx';
import { useKinds } from '../features/clusters/use-kinds.ts';
import { useIssuesFeed } from '../features/issues/issues-feed.tsx';
import { useSession } from '../features/session/session.tsx';
import { onTheme, readTheme, setTheme } from '../theme/theme.ts';

type Actions = Pick<CommandContext, 'selectCluster' | 'openPalette' | 'showKeys'>;

const noClusters: CommandContext['clusters'] = [];

/** What the commands see of the page as it stands. */
export function useCommandContext(actions: Actions): CommandContext {
  const path = useLocation({ select: (location) => location.pathname });
  const drawer = useSearch({ strict: false, select: (search) => search.open !== undefined });
  const { all, selected } = useClusters();
  const { kinds } = useKinds();
  const { list: issues } = useIssuesFeed();
  const theme = useSyncExternalStore(onTheme, readTheme);
  const session = useSession();
  const navigate = useNavigate();
  const go = useMemo<CommandContext['go']>(
    () => ({
      issues: () => void navigate({ to: '/issues', search: {} }),
      issue: (id) => void navigate({ to: '/issues/$issueId', params: { issueId: id }, search: {} }),
      tree: () => void navigate({ to: '/tree', search: {} }),
      page: (path) => void navigate({ to: path, search: {} }),
      kind: (kind) => void navigate({ to: '/resources/$kind', params: { kind }, search: {} }),
      closeDrawer: () => void navigate({ to: '.', search: (before) => ({ ...before, open: undefined, section: undefined }) }),
    }),
    [navigate],
  );
  return { path, session, drawer, clusters: all ?? noClusters, selected, kinds, issues, theme, go, setTheme, ...actions };
}
