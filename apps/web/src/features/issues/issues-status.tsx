import { Popover } from '@base-ui/react/popover';
import type { Coverage } from '@quarterdeck/contract';
import { useLiveState } from '../../live/use-live.ts';
import { count } from '../../text/count.ts';
import { floating } from '../../ui/floating.ts';
import { Clock } from '../../ui/time.tsx';
import { useIssuesFeed } from './issues-feed.tsx';

/** One quiet line under the list: when it was checked, and what could not be seen. */
export function IssuesStatus() {
  const { state } = useIssuesFeed();
  const socket = useLiveState();
  if (state === null) return null;
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-2 border-t px-3 py-1 text-soft text-xs">
      {state.checkedAt === null ? (
        <span>First check under way</span>
      ) : socket === 'open' ? (
        <span>
          Last check <Clock at={state.checkedAt} />
        </span>
      ) : (
        <span>
          As of <Clock at={state.checkedAt} />, reconnecting
        </span>
      )}
      {!state.coverage.complete && <CoverageList coverage={state.coverage} />}
    </footer>
  );
}

function CoverageList({ coverage }: { coverage: Coverage }) {
  return (
    <>
      <span aria-hidden="true">·</span>
      <Popover.Root>
        <Popover.Trigger className="rounded-sm underline decoration-dotted underline-offset-2 hover:text-ink">
          {count(coverage.skipped.length, 'thing')} could not be seen
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={6} align="start" side="top" className="z-50">
            <Popover.Popup className={`${floating.popup} max-h-[50vh] w-[min(34rem,94vw)] overflow-y-auto p-3`}>
              <Popover.Title className="font-medium">Could not be seen</Popover.Title>
              <Popover.Description className="mt-1 text-soft">Causes that lie here may be missing from the list.</Popover.Description>
              <dl className="mt-2 grid gap-y-1.5">
                {coverage.skipped.map(({ what, reason }) => (
                  <div key={`${what} ${reason}`}>
                    <dt className="font-medium">{what}</dt>
                    <dd className="break-words text-soft">{reason}</dd>
                  </div>
                ))}
              </dl>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}
