import { routes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { ClustersProvider } from '../features/clusters/clusters.tsx';
import { IssuesProvider } from '../features/issues/issues-feed.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Frame } from './frame.tsx';
import { useServices } from './services.ts';

/** Nothing is shown to who has no session: the notice says how to get one. */
export function Root() {
  const { api } = useServices();
  const session = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => api.call(routes.getSession, {}, { signal }) });
  if (session.error !== null) {
    return (
      <main className="mx-auto max-w-2xl pt-[12vh]">
        <ErrorNotice what="The workbench can't be opened" error={session.error} onRetry={() => session.refetch()} />
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
