import type { ModelSetup } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { LocalPrograms } from './local-programs.tsx';
import { UnusedKeys } from './unused-keys.tsx';
import { useChoose, useSetup } from './use-setup.ts';

/** A model in one step, or none: what is there already is one press away, everything else is on the page of providers. */
export function FirstModel() {
  const messages = useMessages().providers;
  const setup = useSetup();
  if (setup.error !== null) return <ErrorNotice what={messages.notRead} error={setup.error} onRetry={() => setup.refetch()} />;
  if (setup.data === undefined) return <SkeletonLines widths={['60%', '40%']} />;
  return <Choice setup={setup.data} />;
}

function Choice({ setup }: { setup: ModelSetup }) {
  const messages = useMessages().providers;
  const choose = useChoose();
  const { choice } = setup;
  const isAsked = !choice.offline && choice.use.length > 0;
  return (
    <div className="flex flex-col gap-3">
      <div role="status">
        {isAsked && <StatusMark state="healthy" text={messages.isAskedFirst(choice.use.join(', '))} />}
        {choice.offline && <StatusMark state="healthy" text={messages.without} />}
      </div>
      {!isAsked && <p>{messages.offlineNote}</p>}
      <UnusedKeys setup={setup} onUse={(model) => choose.mutate({ ...choice, use: [model], offline: false })} />
      {!isAsked && <LocalPrograms setup={setup} />}
      {choose.error !== null && <ErrorNotice what={messages.notSaved} error={choose.error} />}
      <div className="flex flex-wrap items-center gap-4">
        {!isAsked && !choice.offline && (
          <Button disabled={choose.isPending} onClick={() => choose.mutate({ ...choice, offline: true })}>
            {messages.goWithout}
          </Button>
        )}
        <Link to="/ai/providers" search={{}} className="text-accent hover:underline">
          {messages.allProviders}
        </Link>
      </div>
    </div>
  );
}
