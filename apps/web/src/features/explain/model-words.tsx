import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import type { AskRequest } from '../assistant/use-ask.ts';
import { useModelWords } from './use-model-words.ts';

const ModelMarkdown = lazy(() => import('./model-markdown.tsx'));

/** A button for a model's words, and the words as they come. `children` stands beside the button. */
export function ModelWords({ request, children }: { request: AskRequest; children: ReactNode }) {
  const words = useMessages().explain;
  const { state, text, model, error, start, stop } = useModelWords(request);
  return (
    <div className="flex flex-col gap-2 border-line border-t pt-2">
      {text !== '' && (
        <Suspense fallback={<p className="whitespace-pre-wrap break-words">{text}</p>}>
          <ModelMarkdown text={text} writing={state === 'asking'} />
        </Suspense>
      )}
      {state === 'done' && model === null && (
        <p className="text-soft">
          {words.noModel}{' '}
          <Link to="/ai/providers" search={{}} className="text-accent underline">
            {words.addModel}
          </Link>
        </p>
      )}
      {model !== null && <p className="text-soft text-xs">{words.byModel(model)}</p>}
      {error !== null && <ErrorNotice what={words.notAsked} error={error} />}
      <div className="flex flex-wrap items-center gap-2" aria-live="polite">
        {state === 'asking' ? (
          <>
            <span className="text-soft">{words.asking}</span>
            <Button onClick={stop}>{words.stop}</Button>
          </>
        ) : (
          state === 'idle' && <Button onClick={start}>{words.askModel}</Button>
        )}
        {children}
      </div>
    </div>
  );
}
