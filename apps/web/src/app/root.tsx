import { routes, toAppError } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ClustersProvider } from '../features/clusters/clusters.tsx';
import { IssuesProvider } from '../features/issues/issues-feed.tsx';
import { useLiveState } from '../live/use-live.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Frame } from './frame.tsx';
import { useServices } from './services.ts';

/** Nothing is shown to who has no session: the notice says how to get one. */
export function Root() {
  const session = useSession();
  const error = session.error === null ? null : toAppError(session.error);
  if (error !== null && (session.data === undefined || error.code === 'AUTH_REQUIRED')) {
    return (
      <main className="mx-auto max-w-2xl px-3 pt-[12vh]">
        <ErrorNotice what="The workbench can't be opened" error={error} onRetry={() => session.refetch()} />
      </main>
    );
  }
  if (session.data === undefined) return null;
  return (
    <ClustersProvider>
      <IssuesProvider>
        <Frame />
      </IssuesProvider>
    </ClustersProvider>
  );
}

/** Asked again when the socket breaks: a workbench that was started anew does not know this page's session. */
function useSession() {
  const { api } = useServices();
  const socket = useLiveState();
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => api.call(routes.getSession, {}, { signal }) });
  const { refetch } = session;
  useEffect(() => {
    if (socket === 'waiting') void refetch();
  }, [socket, refetch]);
  return session;
}
