import type { FoundProgram, ModelSetup } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useChangeProvider, useChoose, useLocalPrograms } from './use-setup.ts';

const mostShown = 8;

/** Models that are on the server's machine already: one press, and one is asked. */
export function LocalPrograms({ setup }: { setup: ModelSetup }) {
  const messages = useMessages().providers;
  const { data, error, isFetching, refetch } = useLocalPrograms();
  return (
    <div className="flex flex-col gap-2">
      {data === undefined && error !== null && <ErrorNotice what={messages.notLooked} error={error} onRetry={() => refetch()} />}
      {data === undefined && error === null && <SkeletonLines widths={['50%']} />}
      {data?.found.length === 0 && <p className="max-w-3xl text-soft">{messages.noneFound(data.looked.map((url) => url.replace('http://', '')).join(', '))}</p>}
      {data !== undefined && data.found.length > 0 && (
        <ul aria-label={messages.local} className="rounded border bg-surface">
          {data.found.map((program) => (
            <Program key={program.id} program={program} setup={setup} />
          ))}
        </ul>
      )}
      <TextButton className="self-start" disabled={isFetching} onClick={() => refetch()}>
        {isFetching ? messages.looking : messages.lookAgain}
      </TextButton>
    </div>
  );
}

function Program({ program, setup }: { program: FoundProgram; setup: ModelSetup }) {
  const messages = useMessages().providers;
  const provider = useChangeProvider();
  const choose = useChoose();
  const use = async (model: string) => {
    // A built-in one is asked where it was found already.
    if (!program.known) await provider.mutateAsync({ id: program.id, name: program.name, baseUrl: program.baseUrl });
    await choose.mutateAsync({ ...setup.choice, offline: false, use: [...setup.choice.use, `${program.id}/${model}`] });
  };
  const failed = provider.error ?? choose.error;
  return (
    <li className="border-b px-3 py-2 last:border-b-0">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <StatusMark state="healthy" text={program.name} />
        <code className="font-mono text-code text-soft">{program.baseUrl}</code>
        <span className="text-soft">{program.models.length === 0 ? messages.noModels : messages.modelCount(program.models.length)}</span>
      </p>
      <ul className="mt-1 flex flex-wrap gap-2">
        {program.models.slice(0, mostShown).map((model) => (
          <li key={model}>
            {setup.choice.use.includes(`${program.id}/${model}`) ? (
              <span className="flex h-7 items-center text-soft">
                {model} {messages.isAsked}
              </span>
            ) : (
              <Button
                disabled={provider.isPending || choose.isPending}
                onClick={() => {
                  use(model).catch(() => undefined); // Shown below.
                }}
              >
                {messages.use(model)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {failed !== null && <ErrorNotice what={messages.notSaved} error={failed} />}
    </li>
  );
}
