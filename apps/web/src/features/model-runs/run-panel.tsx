import type { ModelRun } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Part } from '../../ui/part.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { useMay } from '../session/session.tsx';
import { ContextAccount } from './context-account.tsx';
import { ReplayForm } from './replay-form.tsx';
import { RunTools } from './run-tools.tsx';
import { costText, promptText, runMarks, tookText } from './run-words.ts';
import { SentRequests } from './sent-requests.tsx';
import { SideBySide } from './side-by-side.tsx';
import { useModelRun } from './use-runs.ts';

interface RunPanelProps {
  id: string;
  onOpen(run: string): void;
  onClose(): void;
}

/** One run with everything that is known of it, down to the bytes that left. */
export function RunPanel({ id, onOpen, onClose }: RunPanelProps) {
  const messages = useMessages().modelRuns;
  const { data, error, refetch } = useModelRun(id);
  return (
    <SidePanel
      label={messages.runLabel}
      title={
        <>
          <h2 className="truncate font-medium text-md">
            {data === undefined ? messages.runLabel : `${messages.purposes[data.purpose]}, ${promptText(data.prompt)}`}
          </h2>
          <p className="truncate text-soft">{data === undefined ? '' : (data.model ?? messages.noModel)}</p>
        </>
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-6 p-4">
        {error !== null && <ErrorNotice what={messages.runNotRead} error={error} onRetry={() => refetch()} />}
        {data === undefined && error === null && <SkeletonLines widths={['50%', '40%', '45%', '80%', '75%']} />}
        {data !== undefined && <Run run={data} onOpen={onOpen} />}
      </div>
    </SidePanel>
  );
}

function Run({ run, onOpen }: { run: ModelRun; onOpen(run: string): void }) {
  const messages = useMessages().modelRuns;
  const mayManage = useMay('ai:manage');
  const answer = run.answers.at(-1) ?? '';
  return (
    <>
      <Facts run={run} />
      {run.error !== null && (
        <p className="break-words">
          <StatusMark state="critical" text={run.error.code} />: {run.error.message} <span className="text-soft">{run.error.hint}</span>
        </p>
      )}
      {run.replayOf !== null && <SideBySide replay={run} original={run.replayOf} />}
      {run.replayOf === null && answer !== '' && (
        <Part title={messages.answer}>
          <CodeBlock code={answer} label={messages.copyAnswer} />
        </Part>
      )}
      {mayManage && run.requests.length > 0 && (
        <Part title={messages.replay}>
          <ReplayForm run={run} onReplayed={onOpen} />
        </Part>
      )}
      {run.tools.length > 0 && (
        <Part title={run.replayOf === null ? messages.tools : messages.wantedTools}>
          <RunTools run={run} />
        </Part>
      )}
      {run.context.length > 0 && (
        <Part title={messages.account}>
          <ContextAccount sections={run.context} />
        </Part>
      )}
      <Part title={messages.sent}>
        <SentRequests run={run} />
      </Part>
    </>
  );
}

function Facts({ run }: { run: ModelRun }) {
  const messages = useMessages().modelRuns;
  const { language } = usePreferences();
  const { columns } = messages;
  const { input, cacheRead, output, estimated } = run.usage;
  return (
    <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-y-1">
      <Entry name={columns.state}>
        <StatusMark state={runMarks[run.state]} text={run.cached ? messages.cached : messages.states[run.state]} />
      </Entry>
      <Entry name={columns.at}>
        <Moment at={run.at} />
      </Entry>
      <Entry name={columns.person}>{run.user}</Entry>
      {run.cluster !== null && <Entry name={messages.cluster}>{run.cluster}</Entry>}
      <Entry name={columns.tokens}>
        {messages.usage(input.toLocaleString(language), output.toLocaleString(language), cacheRead.toLocaleString(language))}
        {estimated && <span className="text-soft"> {messages.estimated}</span>}
      </Entry>
      <Entry name={columns.cost}>{costText(run.cost, language, messages.unpriced)}</Entry>
      <Entry name={columns.took}>
        {tookText(run.tookMs)}
        {run.firstTextMs !== null && <span className="text-soft"> {messages.firstAfter(tookText(run.firstTextMs))}</span>}
      </Entry>
      {run.retries > 0 && <Entry name={columns.retries}>{run.retries}</Entry>}
      {run.rating !== null && <Entry name={columns.rating}>{messages.ratings[run.rating]}</Entry>}
      {run.conversation !== null && (
        <Entry name={messages.conversation}>
          <Link to="/ai" search={{ conversation: run.conversation }} className="text-accent hover:underline">
            {messages.openConversation}
          </Link>
        </Entry>
      )}
    </dl>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
