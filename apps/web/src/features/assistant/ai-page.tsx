import { Link, Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useMessages } from '../../messages/language.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { useSession } from '../session/session.tsx';
import { aiTabs } from './ai-tabs.ts';

const tab =
  'flex h-7 items-center rounded px-2 text-soft hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink';

/** The assistant's own page: its parts are tabs with addresses of their own. */
export function AiPage() {
  const messages = useMessages();
  const session = useSession();
  return (
    <>
      <PageHeader title={messages.pages.assistant}>
        <nav aria-label={messages.assistant.tabsLabel} className="-mx-1 flex min-w-0 flex-wrap gap-0.5">
          {aiTabs
            .filter(({ when }) => when(session))
            .map(({ path, label }) => (
              <Link key={path} to={path} search={{}} activeOptions={{ exact: true, includeSearch: false }} className={tab}>
                {label(messages)}
              </Link>
            ))}
        </nav>
      </PageHeader>
      <Suspense>
        <Outlet />
      </Suspense>
    </>
  );
}
