import { type AppError, authRoutes, toAppError } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ActionNotices } from '../features/actions/action-notices.tsx';
import { ActionsProvider } from '../features/actions/actions-feed.tsx';
import { AlertsProvider } from '../features/alerts/alert-feed.tsx';
import { ClustersProvider } from '../features/clusters/clusters.tsx';
import { DockProvider } from '../features/dock/dock-provider.tsx';
import { IssueNotices } from '../features/issue-notices/issue-notices.tsx';
import { IssuesProvider } from '../features/issues/issues-feed.tsx';
import { ObjectActionsProvider } from '../features/object-actions/object-actions-provider.tsx';
import { SessionProvider, useEntrance } from '../features/session/session.tsx';
import { useMessages } from '../messages/language.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAnyNotice } from '../ui/notify.ts';
import { Frame } from './frame.tsx';
import { useServices } from './services.ts';

/** Nothing is shown to who has no session: they are asked to log in, or told how to get one. */
export function Root() {
  const { data: entrance, error, refetch } = useEntrance();
  const session = entrance !== undefined && 'session' in entrance ? entrance.session : null;
  const [wasLoggedIn, setLoggedIn] = useState(false);
  useEffect(() => {
    if (session !== null) setLoggedIn(true);
  }, [session]);
  if (session !== null) {
    return (
      <SessionProvider value={session}>
        <ClustersProvider>
          <IssuesProvider>
            <DockProvider>
              <ActionsProvider>
                <ObjectActionsProvider>
                  <AlertsProvider>
                    <Frame />
                    <IssueNotices />
                  </AlertsProvider>
                  <NoticesWhenAny />
                  <ActionNotices />
                </ObjectActionsProvider>
              </ActionsProvider>
            </DockProvider>
          </IssuesProvider>
        </ClustersProvider>
      </SessionProvider>
    );
  }
  const refused = entrance !== undefined && 'refused' in entrance ? entrance.refused : null;
  if (refused === null && error === null) return null;
  return <Outside error={refused ?? toAppError(error)} ended={wasLoggedIn} onRetry={() => refetch()} />;
}

/** The login page of a workbench of a team; on one of a single person there is none. */
function Outside({ error, ended, onRetry }: { error: AppError; ended: boolean; onRetry(): void }) {
  const { cannotOpen } = useMessages().session;
  const { api } = useServices();
  const methods = useQuery({
    queryKey: ['login methods'],
    queryFn: ({ signal }) => api.call(authRoutes.getLoginMethods, {}, { signal }),
    enabled: error.code === 'AUTH_REQUIRED',
  });
  if (methods.data?.mode === 'team')
    return (
      <Suspense>
        <LoginPage methods={methods.data} ended={ended} />
      </Suspense>
    );
  if (methods.isLoading) return null;
  return (
    <main className="mx-auto max-w-2xl px-3 pt-[12vh]">
      <ErrorNotice what={cannotOpen} error={methods.error ?? error} onRetry={onRetry} />
    </main>
  );
}

const LoginPage = lazy(async () => ({ default: (await import('../features/session/login-page.tsx')).LoginPage }));
const Notices = lazy(() => import('../ui/notices.tsx'));

function NoticesWhenAny() {
  return (
    useAnyNotice() && (
      <Suspense>
        <Notices />
      </Suspense>
    )
  );
}
