import type { Act } from '@quarterdeck/contract';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Part } from '../../ui/part.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { actionText, endOf, targetText } from './act-words.ts';

/** One act with all that was written down about it. */
export function ActPanel({ act, onClose }: { act: Act; onClose(): void }) {
  const messages = useMessages().audit;
  const { result, approval } = act;
  const undo = result?.undo ?? act.undo;
  return (
    <SidePanel
      label={`${actionText(act.action)} ${targetText(act)}`}
      title={
        <>
          <h2 className="truncate font-medium text-md">{actionText(act.action)}</h2>
          <p className="truncate text-soft">{targetText(act)}</p>
        </>
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-5 p-4">
        <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-1">
          <Entry name={messages.ended}>
            <StatusMark {...endOf(act, messages.ends)} />
          </Entry>
          <Entry name={messages.who}>{messages.byWayOf(act.actor.id, act.via)}</Entry>
          <Entry name={messages.began}>
            <Moment at={act.at} />
          </Entry>
          {result !== null && (
            <Entry name={messages.endedAt}>
              <Moment at={result.at} />
            </Entry>
          )}
          {act.cluster !== null && <Entry name={messages.cluster}>{act.cluster}</Entry>}
          {approval !== null && (
            <Entry name={messages.approved}>
              {approval.by}, <Moment at={approval.at} />
              {approval.note !== null && `: ${approval.note}`}
            </Entry>
          )}
          <Entry name={messages.row}>{act.seq}</Entry>
        </dl>
        {result?.error != null && (
          <p className="break-words">
            <StatusMark state="critical" text={result.error.code} />: {result.error.message}
          </p>
        )}
        {act.kubectl !== null && (
          <Part title={messages.asCommand}>
            <CodeBlock code={act.kubectl} label={messages.copyCommand} />
          </Part>
        )}
        {result?.diff != null && (
          <Part title={messages.whatChanged}>
            <CodeBlock code={result.diff} label={messages.copyDiff} />
          </Part>
        )}
        {undo !== null && (
          <Part title={messages.wayBack}>
            {undo.note !== null && <p className="mb-2">{undo.note}</p>}
            {undo.kubectl !== null && <CodeBlock code={undo.kubectl} label={messages.copyCommand} />}
          </Part>
        )}
        <Part title={messages.askedFor}>
          <CodeBlock code={JSON.stringify(act.input, null, 2)} label={messages.copyInput} />
        </Part>
      </div>
    </SidePanel>
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
