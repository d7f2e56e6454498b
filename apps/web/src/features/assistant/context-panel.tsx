import { type AskedFocus, type Attachment, assistantRoutes, type ContextPreview } from '@quarterdeck/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Part } from '../../ui/part.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { MarkedText } from './marked-text.tsx';
import { PrivacySwitches } from './privacy-switches.tsx';
import { SectionAccounts } from './section-accounts.tsx';

/** How long to wait for the next key before it is worked out anew. Milliseconds. */
const quiet = 500;

export interface ContextDraft {
  question: string;
  attachments: readonly Attachment[];
}

interface ContextPanelProps {
  draft: ContextDraft;
  focus: AskedFocus;
  conversation: string | null;
  /** What was taken out, by id, with its title. */
  without: ReadonlyMap<string, string>;
  onWithout(id: string, title: string, out: boolean): void;
}

/** Exactly what would be sent if the question was sent now, and what may be. */
export function ContextPanel({ draft, focus, conversation, without, onWithout }: ContextPanelProps) {
  const messages = useMessages().assistant;
  const { data, error, refetch } = usePreview({ draft, focus, conversation, without });
  return (
    <div className="flex flex-col gap-4">
      {error !== null && <ErrorNotice what={messages.contextFailed} error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Loading /> : <Preview preview={data} without={without} onWithout={onWithout} />}
      <PrivacySwitches />
    </div>
  );
}

function usePreview({ draft, focus, conversation, without }: Omit<ContextPanelProps, 'onWithout'>) {
  const { api } = useServices();
  const scope = useClusterScope();
  const { suggested } = useMessages().assistant;
  const settled = useQuiet(draft);
  // What is known does not wait for a question: without one it is what the usual question would bring.
  const question = settled.question.trim() === '' ? suggested : settled.question;
  const asked = { question, attachments: [...settled.attachments], focus, without: [...without.keys()], ...(conversation === null ? {} : { conversation }) };
  return useQuery({
    queryKey: ['context preview', scope.cluster, asked],
    queryFn: ({ signal }) => api.call(assistantRoutes.previewContext, { ...scope, ...asked }, { signal }),
    placeholderData: keepPreviousData,
    // It may hold what somebody pasted: nothing of it stays.
    gcTime: 0,
    retry: false,
  });
}

function useQuiet<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), quiet);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Preview({ preview, without, onWithout }: { preview: ContextPreview } & Pick<ContextPanelProps, 'without' | 'onWithout'>) {
  const messages = useMessages().assistant;
  const { language } = usePreferences();
  const { models, tokens, sections, instructions, messages: sent, tools } = preview;
  const aliased = sections.some((section) => section.aliased > 0);
  return (
    <>
      <p>
        <span className="font-medium tabular-nums">{messages.contextTokens(tokens.toLocaleString(language))}</span>{' '}
        <span className="break-words text-soft">{models[0] === undefined ? messages.contextNowhere : messages.contextTo(models[0])}</span>
      </p>
      <Part title={messages.contextSections}>
        <SectionAccounts sections={sections} without={without} onWithout={onWithout} />
      </Part>
      <details>
        <summary className="cursor-pointer text-soft">{messages.words}</summary>
        <div className="mt-2 flex flex-col gap-2">
          {sent.map(({ role, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages keep their places.
            <Part key={index} title={String(role)}>
              <MarkedText text={String(text)} aliased={aliased} />
            </Part>
          ))}
          <Part title={messages.instructions}>
            <MarkedText text={instructions.join('\n\n')} aliased={aliased} />
          </Part>
          <Part title={messages.tools}>
            <p className="break-words font-mono text-code">{tools.join(', ')}</p>
          </Part>
        </div>
      </details>
    </>
  );
}

function Loading() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-2">
      {[60, 90, 80, 70].map((width) => (
        <div key={width} className="skeleton h-4" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
