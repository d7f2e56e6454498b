import type { AccessQuestion } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { questionText } from './access-question.ts';
import { useAccessAnswer } from './use-access.ts';

/** May I: the API server's own word, and what to ask for where it says no. */
export function AnswerPart({ question }: { question: AccessQuestion }) {
  const messages = useMessages().access;
  const { data, error, refetch } = useAccessAnswer(question);
  const what = questionText(question);
  return (
    <Section title={messages.mayI}>
      {error !== null && <ErrorNotice what={messages.notAnswered} error={error} onRetry={() => refetch()} />}
      {error === null && data === undefined && <SkeletonLines widths={['40%']} />}
      {data !== undefined && (
        <div className="flex flex-col gap-2">
          <p role="status">
            <StatusMark state={data.allowed ? 'healthy' : 'high'} text={data.allowed ? messages.allowed(what, data.user) : messages.refused(what, data.user)} />
          </p>
          {data.reason !== '' && <p className="break-words text-soft">{data.reason}</p>}
          {data.grant !== null && (
            <>
              <p>{messages.leastGrant}</p>
              <CodeBlock code={data.grant} label={messages.copyGrant} />
            </>
          )}
        </div>
      )}
    </Section>
  );
}
