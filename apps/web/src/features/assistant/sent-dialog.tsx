import { Dialog } from '@base-ui/react/dialog';
import { assistantRoutes, type ModelRun } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { floating } from '../../ui/floating.ts';
import { Part } from '../../ui/part.tsx';
import { MarkedText } from './marked-text.tsx';
import { SectionAccounts } from './section-accounts.tsx';

/** What left for a model, as it left. */
export function SentDialog({ run, onClose }: { run: string; onClose(): void }) {
  const { assistant: messages, common } = useMessages();
  const { api } = useServices();
  const { data, error, refetch } = useQuery({
    queryKey: ['model run', run],
    queryFn: ({ signal }) => api.call(assistantRoutes.getRun, { id: run }, { signal }),
  });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup className={`${floating.popup} fixed inset-x-2 top-[6vh] mx-auto flex max-h-[86vh] max-w-3xl flex-col`}>
          <header className="flex items-center gap-2 border-b py-2 pr-2 pl-4">
            <Dialog.Title className="grow font-semibold text-md">{messages.sent}</Dialog.Title>
            <Button look="icon" aria-label={common.close} onClick={onClose}>
              <X />
            </Button>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
          <section aria-label={messages.sent} tabIndex={0} className="min-h-40 overflow-y-auto p-4">
            {error !== null && <ErrorNotice what={messages.sentFailed} error={error} onRetry={() => void refetch()} />}
            {data !== undefined && <Sent run={data} />}
          </section>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Sent({ run: { context, requests } }: { run: ModelRun }) {
  const messages = useMessages().assistant;
  const aliased = context.some((section) => section.aliased > 0);
  return (
    <div className="flex flex-col gap-4">
      {context.length > 0 && (
        <Part title={messages.contextSections}>
          <SectionAccounts sections={context} />
        </Part>
      )}
      {requests.map((request, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: requests keep their places.
        <details key={index} open={index === requests.length - 1}>
          <summary className="cursor-pointer font-medium">{messages.sentRequest(index + 1, `${request.provider}/${request.model}`)}</summary>
          <div className="mt-2 flex flex-col gap-2">
            {request.messages.map((message, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: messages keep their places.
              <Part key={place} title={String(message.role)}>
                <MarkedText text={typeof message.text === 'string' ? message.text : JSON.stringify(message, null, 2)} aliased={aliased} />
              </Part>
            ))}
            <Part title={messages.instructions}>
              <MarkedText text={request.instructions.join('\n\n')} aliased={aliased} />
            </Part>
          </div>
        </details>
      ))}
    </div>
  );
}
