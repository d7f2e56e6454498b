import type { FoundPassage } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useRetrieval } from './use-knowledge.ts';

/** What the assistant would find for a question, and why: the way to see whether a runbook is written so that it is found. */
export function TryRetrieval({ text, onText }: { text: string; onText(text: string): void }) {
  const messages = useMessages().knowledge;
  const found = useRetrieval(text);
  return (
    <div className="flex flex-col gap-3">
      <div className="max-w-xl">
        <SearchBox value={text} onChange={onText} label={messages.question} />
      </div>
      {text.trim() === '' && <p className="text-soft">{messages.tryNote}</p>}
      {found.error !== null && <ErrorNotice what={messages.notSearched} error={found.error} onRetry={() => found.refetch()} />}
      {found.isLoading && <SkeletonLines widths={['50%', '70%', '45%']} />}
      {found.data?.hits.length === 0 && <p role="status">{messages.nothingFound}</p>}
      {found.data !== undefined && found.data.hits.length > 0 && (
        <ol aria-label={messages.found} className="rounded border bg-surface">
          {found.data.hits.map((hit) => (
            <Hit key={hit.id} hit={hit} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Hit({ hit: { title, citation, text, because, score, rating } }: { hit: FoundPassage }) {
  const messages = useMessages().knowledge;
  const reasons = because.map((reason) => messages.because[reason]).join(', ');
  return (
    <li className="border-b px-3 py-2 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <span className="min-w-0 grow break-words font-medium">{title}</span>
        <span className="text-soft">{messages.why(reasons, score.toFixed(1))}</span>
      </div>
      <p className="break-all text-soft text-xs">
        {citation}
        {rating !== 0 && ` · ${rating > 0 ? messages.helped : messages.didNotHelp}`}
      </p>
      <p className="mt-1 line-clamp-3 whitespace-pre-line break-words">{text}</p>
    </li>
  );
}
