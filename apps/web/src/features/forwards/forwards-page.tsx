import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ForwardsView } from './forwards-view.tsx';

/** The forwards as a page of their own; the URL says which one is open. */
export function ForwardsPage() {
  const navigate = useNavigate();
  const openId = useSearch({ from: '/forwards', select: (search) => search.forward ?? null });
  const messages = useMessages().forwards;
  return (
    <>
      <PageHeader title={messages.title} />
      <ForwardsView
        openId={openId}
        onOpen={(id) => navigate({ to: '/forwards', search: (before) => ({ ...before, forward: id ?? undefined }), replace: true })}
      />
    </>
  );
}
