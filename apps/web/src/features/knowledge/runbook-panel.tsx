import { runbookPathSchema } from '@quarterdeck/contract';
import { type SubmitEvent, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useMay } from '../session/session.tsx';
import { useKnowledge, useRemoveRunbook, useRunbook, useWriteRunbook } from './use-knowledge.ts';

interface RunbookPanelProps {
  folder: string;
  /** Its path in the folder, or `new`. */
  runbook: string;
  onClose(): void;
}

/** A runbook as it is written; who looks after the assistant changes it where the folder lets them. */
export function RunbookPanel({ folder, runbook, onClose }: RunbookPanelProps) {
  const messages = useMessages().knowledge;
  const isNew = runbook === 'new';
  const read = useRunbook(folder, isNew ? null : runbook);
  const mayManage = useMay('ai:manage');
  const isWritable = useKnowledge().data?.folders.find((each) => each.folder === folder)?.writable ?? false;
  const title = isNew ? messages.newRunbook : runbook;
  return (
    <SidePanel
      label={title}
      title={
        <>
          <h2 className="truncate font-medium text-md">{title}</h2>
          <p className="truncate font-mono text-code text-soft">{folder}</p>
        </>
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-4 p-4">
        {read.error !== null && <ErrorNotice what={messages.runbookNotRead} error={read.error} onRetry={() => read.refetch()} />}
        {read.isLoading && <SkeletonLines widths={['40%', '80%', '75%', '60%']} />}
        {isNew && <RunbookForm folder={folder} path="" markdown={messages.template} isNew onDone={onClose} />}
        {read.data !== undefined &&
          (mayManage && isWritable ? (
            <RunbookForm folder={folder} path={runbook} markdown={read.data.markdown} isNew={false} onDone={onClose} />
          ) : (
            <pre className="whitespace-pre-wrap break-words font-mono text-code">{read.data.markdown}</pre>
          ))}
      </div>
    </SidePanel>
  );
}

interface RunbookFormProps {
  folder: string;
  path: string;
  markdown: string;
  isNew: boolean;
  onDone(): void;
}

function RunbookForm({ folder, path: first, markdown: before, isNew, onDone }: RunbookFormProps) {
  const messages = useMessages().knowledge;
  const [path, setPath] = useState(first);
  const [markdown, setMarkdown] = useState(before);
  const write = useWriteRunbook();
  const isPath = path === '' || runbookPathSchema.safeParse(path).success;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    write.mutate({ folder, path, markdown, isNew }, { onSuccess: onDone });
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      {isNew && (
        <Field
          label={messages.path}
          note={messages.pathNote}
          required
          spellCheck={false}
          value={path}
          problem={isPath ? null : messages.noPath}
          onChange={({ target }) => setPath(target.value)}
        />
      )}
      <label className="text-soft text-xs">
        {messages.markdown}
        <textarea
          value={markdown}
          spellCheck={false}
          rows={22}
          onChange={({ target }) => setMarkdown(target.value)}
          className="mt-1 w-full rounded border border-line bg-surface px-2 py-1.5 font-mono text-code text-ink"
        />
      </label>
      {write.error !== null && <ErrorNotice what={messages.notSaved} error={write.error} />}
      <div className="flex items-center gap-2">
        <Button type="submit" look="primary" disabled={write.isPending || !isPath || (!isNew && markdown === before)}>
          {messages.save}
        </Button>
        <span className="grow" />
        {!isNew && <Remove folder={folder} path={first} onDone={onDone} />}
      </div>
    </form>
  );
}

function Remove({ folder, path, onDone }: { folder: string; path: string; onDone(): void }) {
  const messages = useMessages().knowledge;
  const [sure, setSure] = useState(false);
  const remove = useRemoveRunbook();
  return (
    <>
      {remove.error !== null && <ErrorNotice what={messages.notRemoved} error={remove.error} />}
      <Button
        look={sure ? 'danger' : 'plain'}
        disabled={remove.isPending}
        onClick={() => (sure ? remove.mutate({ folder, path }, { onSuccess: onDone }) : setSure(true))}
      >
        {sure ? messages.removeSure : messages.remove}
      </Button>
    </>
  );
}
