import { Popover } from '@base-ui/react/popover';
import type { Coverage } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { PopoverButton } from '../../ui/popover-button.tsx';

/** How many things could not be seen; which ones and why on demand. */
export function CoverageList({ coverage }: { coverage: Coverage }) {
  const messages = useMessages().issues;
  return (
    <PopoverButton
      face={messages.notSeen(coverage.skipped.length)}
      look="rounded-sm underline decoration-dotted underline-offset-2 hover:text-ink"
      side="top"
      panel="max-h-[50vh] w-[min(34rem,94vw)] overflow-y-auto p-3"
    >
      <Popover.Title className="font-medium">{messages.notSeenTitle}</Popover.Title>
      <Popover.Description className="mt-1 text-soft">{messages.notSeenNote}</Popover.Description>
      <dl className="mt-2 grid gap-y-1.5">
        {coverage.skipped.map(({ what, reason }) => (
          <div key={`${what} ${reason}`}>
            <dt className="font-medium">{what}</dt>
            <dd className="break-words text-soft">{reason}</dd>
          </div>
        ))}
      </dl>
    </PopoverButton>
  );
}
