import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import type { Doing, PlanState } from './use-plan.ts';

/** Who made the plan that is shown, and the way to a model's; while one is asked, what is being done, and how to stop it. */
export function PlanSourceLine({ plan }: { plan: PlanState }) {
  const messages = useMessages().issueDetail;
  const mayAsk = useMay('ai:chat');
  const { doing, drafted, modelError, asked, askModel, withoutModel } = plan;
  return (
    <div className="mb-3 flex max-w-4xl flex-col gap-2">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1" aria-live="polite">
        {doing === null ? <span className="min-w-0 text-soft">{drafted !== undefined && <SourceOf plan={plan} />}</span> : <Progress doing={doing} />}
        {doing !== null && <Button onClick={withoutModel}>{messages.stopAsking}</Button>}
        {doing === null && mayAsk && !asked && <Button onClick={askModel}>{messages.askModel}</Button>}
        {doing === null && asked && (
          <>
            {mayAsk && <Button onClick={askModel}>{messages.askAgain}</Button>}
            <TextButton onClick={withoutModel}>{messages.enginePlan}</TextButton>
          </>
        )}
      </div>
      {modelError !== null && <ErrorNotice what={messages.modelNotAsked} error={modelError} onRetry={askModel} />}
    </div>
  );
}

function SourceOf({ plan: { drafted, asked } }: { plan: PlanState }) {
  const messages = useMessages().issueDetail;
  const source = drafted?.source ?? { by: 'engine', refused: null };
  if (source.by === 'model') return messages.byModel(source.model);
  if (source.by === 'played') return messages.played;
  if (source.refused !== null) return messages.refused(source.refused);
  if (!asked) return messages.byEngine;
  return (
    <>
      {messages.noModel}{' '}
      <Link to="/ai/providers" search={{}} className="text-accent underline">
        {messages.addModel}
      </Link>
    </>
  );
}

function Progress({ doing: { doing, model } }: { doing: Doing }) {
  const messages = useMessages().issueDetail;
  const seconds = useSeconds();
  return (
    <>
      <StatusMark state="pending" text={messages.doing[doing](model ?? messages.aModel)} />
      <span className="text-soft" aria-hidden="true">
        {messages.seconds(seconds)}
      </span>
    </>
  );
}

/** Since it stands. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}
