import { type AppError, toAppError } from '@quarterdeck/contract';
import { useMessages } from '../messages/language.ts';
import { Button } from './button.tsx';
import { StatusMark } from './status-mark.tsx';

/** What failed, why and what to do, in the place where the result would stand. */
export function ErrorNotice({ what, error, onRetry }: { what: string; error: unknown; onRetry?: () => void }) {
  const messages = useMessages().common;
  const known: AppError = toAppError(error);
  return (
    <div role="alert" className="flex flex-wrap items-start gap-x-3 gap-y-2 rounded border border-line bg-surface p-3">
      <div className="min-w-0 grow basis-72">
        <p className="font-medium">
          <StatusMark state="critical" text={what} />
        </p>
        <p className="mt-1 break-words">{known.message}</p>
        {known.hint !== undefined && <p className="mt-1 text-soft">{known.hint}</p>}
      </div>
      {onRetry !== undefined && <Button onClick={onRetry}>{messages.retry}</Button>}
    </div>
  );
}
