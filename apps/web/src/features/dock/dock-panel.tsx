import { CatchBoundary } from '@tanstack/react-router';
import { Suspense, useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { DockTab } from './dock-state.ts';
import { kindOf } from './kind-of-tab.ts';
import { useDock } from './use-dock.tsx';

/** What is in a tab. It stays alive behind others, and what breaks in it breaks nothing else. */
export function DockPanel({ tab, visible }: { tab: DockTab; visible: boolean }) {
  const { keep, openBeside, mark, close, restored } = useDock();
  const messages = useMessages().dock;
  const { id, subject, cluster } = tab;
  const kind = kindOf(tab);
  const handles = useMemo(
    () => ({
      keep: (next: unknown) => keep(id, next),
      open: (next: unknown) => openBeside(id, next),
      mark: (next: Parameters<typeof mark>[1]) => mark(id, next),
      close: () => close(id),
    }),
    [id, keep, openBeside, mark, close],
  );
  return (
    <div role="tabpanel" id={`dock-panel-${id}`} aria-labelledby={`dock-tab-${id}`} className={`min-h-0 min-w-0 grow flex-col ${visible ? 'flex' : 'hidden'}`}>
      <CatchBoundary
        getResetKey={() => id}
        errorComponent={({ error, reset }) => (
          <div className="p-3">
            <ErrorNotice what={messages.broken} error={error} onRetry={reset} />
          </div>
        )}
      >
        <Suspense
          fallback={
            <div className="p-4">
              <SkeletonLines widths={['40%', '60%', '50%']} />
            </div>
          }
        >
          {kind.panel({ subject, cluster, visible, restored: restored(id), ...handles })}
        </Suspense>
      </CatchBoundary>
    </div>
  );
}
