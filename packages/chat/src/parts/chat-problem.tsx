import type { AppError } from '@quarterdeck/contract';
import { useChat } from '../chat-context.tsx';

/** What failed, why and what to do, in the place where the result would stand. */
export function ChatProblem({ what, error, onRetry }: { what: string; error: AppError; onRetry?: () => void }) {
  const { words } = useChat();
  return (
    <div role="alert" className="chat-problem">
      <p>
        <strong>{what}.</strong> {error.message}
      </p>
      {error.hint !== undefined && <p className="chat-soft">{error.hint}</p>}
      {onRetry !== undefined && (
        <button type="button" className="chat-button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      )}
    </div>
  );
}
