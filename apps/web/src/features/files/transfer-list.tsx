import { ArrowDownToLine, ArrowUpFromLine, X } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { formatBytes } from '../../text/bytes.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ExactText } from '../logins/exact-text.tsx';
import type { Transfer, useTransfers } from './use-transfers.ts';

type Transfers = ReturnType<typeof useTransfers>;

/** What is on its way and what has come of it, the latest first, at the foot of the tab. */
export function TransferList({ transfers, overwrite, skip, cancel, forget }: Transfers) {
  const messages = useMessages().files;
  if (transfers.length === 0) return null;
  return (
    <section aria-label={messages.transfers} className="flex max-h-24 shrink-0 items-start overflow-y-auto border-t bg-canvas">
      <ul className="min-w-0 grow">
        {transfers.toReversed().map((transfer) => (
          <li key={transfer.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">
            {transfer.direction === 'up' ? (
              <ArrowUpFromLine aria-hidden="true" className="size-3.5 text-soft" />
            ) : (
              <ArrowDownToLine aria-hidden="true" className="size-3.5 text-soft" />
            )}
            <span className="min-w-0 max-w-80 truncate">
              <ExactText text={transfer.name} place="alone" />
            </span>
            <Progress transfer={transfer} />
            <span className="grow" />
            {transfer.state === 'asking' && (
              <>
                <Button onClick={() => overwrite(transfer.id)}>{messages.overwrite}</Button>
                <Button look="quiet" onClick={() => skip(transfer.id)}>
                  {messages.skip}
                </Button>
              </>
            )}
            {transfer.state === 'failed' && (
              <Button look="quiet" onClick={() => overwrite(transfer.id)}>
                {messages.again}
              </Button>
            )}
            {(transfer.state === 'running' || transfer.state === 'waiting') && (
              <Button look="icon" aria-label={messages.cancel(transfer.name)} title={messages.cancel(transfer.name)} onClick={() => cancel(transfer.id)}>
                <X />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {transfers.some(({ state }) => state === 'done' || state === 'failed' || state === 'cancelled') && (
        <Button look="quiet" className="sticky top-0 mr-1" onClick={forget}>
          {messages.clear}
        </Button>
      )}
    </section>
  );
}

function Progress({ transfer: { state, bytes, total, error, name } }: { transfer: Transfer }) {
  const messages = useMessages().files;
  if (state === 'running') {
    return (
      <>
        <progress aria-label={name} max={total ?? undefined} value={total === null ? undefined : bytes} className="h-1.5 w-32 accent-accent-fill" />
        <span className="text-soft text-xs">{total === null ? formatBytes(bytes) : messages.of(formatBytes(bytes), formatBytes(total))}</span>
      </>
    );
  }
  if (state === 'done') return <StatusMark state="healthy" text={messages.done} />;
  if (state === 'failed') {
    return (
      <span role="alert" className="min-w-0">
        <StatusMark state="critical" text={error?.message ?? messages.failed} />
        {error?.hint !== undefined && <span className="block text-soft text-xs">{error.hint}</span>}
      </span>
    );
  }
  return <span className="text-soft">{messages.transferStates[state]}</span>;
}
