import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useMay } from '../session/session.tsx';
import { useSidebar } from './use-ask.ts';

export const loadSidebar = () => import('./assistant-sidebar.tsx');
const AssistantSidebar = lazy(async () => ({ default: (await loadSidebar()).AssistantSidebar }));

/** Nothing of the assistant is fetched before somebody wants it. Its own page needs no sidebar. */
export function AssistantSidebarWhenOpen() {
  const { open } = useSidebar();
  const mayAsk = useMay('ai:chat');
  const isOwnPage = useLocation({ select: ({ pathname }) => pathname === '/ai' });
  if (!open || !mayAsk || isOwnPage) return null;
  return (
    <Suspense>
      <AssistantSidebar />
    </Suspense>
  );
}
