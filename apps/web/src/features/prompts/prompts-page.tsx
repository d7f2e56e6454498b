import type { AssistantMemory, Prompt } from '@quarterdeck/contract';
import { type SubmitEvent, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { draftOfMemory, memoryOf } from './memory-draft.ts';
import { useMemoryOfMine, usePrompts, useSetMemory } from './use-prompts.ts';

/** What models are told: by this person, and by the program. */
export function PromptsPage() {
  const messages = useMessages().prompts;
  const memory = useMemoryOfMine();
  return (
    <div className="min-h-0 grow overflow-y-auto border-t">
      <div className="flex max-w-3xl flex-col gap-8 px-3 py-4">
        <Section title={messages.yours}>
          {memory.error !== null && <ErrorNotice what={messages.memoryNotRead} error={memory.error} onRetry={() => memory.refetch()} />}
          {memory.isPending && <SkeletonLines widths={['60%', '90%', '80%']} />}
          {memory.data !== undefined && <MemoryForm memory={memory.data} />}
        </Section>
        <Section title={messages.program}>
          <Prompts />
        </Section>
      </div>
    </div>
  );
}

const area = 'mt-1 w-full rounded border border-line bg-surface px-2 py-1.5 text-ink text-sm';

function MemoryForm({ memory }: { memory: AssistantMemory }) {
  const messages = useMessages().prompts;
  const [draft, setDraft] = useState(() => draftOfMemory(memory));
  const save = useSetMemory();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate(memoryOf(draft));
  };
  const clear = () => {
    const none = { instructions: '', facts: '' };
    setDraft(none);
    save.mutate(memoryOf(none));
  };
  const isEmpty = draft.instructions === '' && draft.facts === '';
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <p className="text-soft">{messages.yoursNote}</p>
      <label className="text-soft text-xs">
        {messages.instructions}
        <textarea
          rows={4}
          maxLength={8_000}
          value={draft.instructions}
          placeholder={messages.instructionsExample}
          onChange={({ target }) => setDraft({ ...draft, instructions: target.value })}
          className={area}
        />
      </label>
      <label className="text-soft text-xs">
        {messages.facts}
        <textarea
          rows={6}
          value={draft.facts}
          placeholder={messages.factsExample}
          onChange={({ target }) => setDraft({ ...draft, facts: target.value })}
          className={area}
        />
      </label>
      {save.error !== null && <ErrorNotice what={messages.notSaved} error={save.error} />}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" disabled={save.isPending}>
          {messages.save}
        </Button>
        <Button disabled={save.isPending || isEmpty} onClick={clear}>
          {messages.clear}
        </Button>
        <span role="status">{save.isSuccess && <StatusMark state="healthy" text={messages.saved} />}</span>
      </div>
    </form>
  );
}

function Prompts() {
  const messages = useMessages().prompts;
  const prompts = usePrompts();
  if (prompts.error !== null) return <ErrorNotice what={messages.promptsNotRead} error={prompts.error} onRetry={() => prompts.refetch()} />;
  if (prompts.data === undefined) return <SkeletonLines widths={['50%', '45%', '55%']} />;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-soft">{messages.programNote}</p>
      {prompts.data.prompts.map((prompt) => (
        <PromptText key={prompt.id} prompt={prompt} />
      ))}
    </div>
  );
}

function PromptText({ prompt: { id, version, intent, text, path } }: { prompt: Prompt }) {
  const messages = useMessages().prompts;
  return (
    <details className="rounded border bg-surface">
      <summary className="cursor-default px-3 py-1.5">
        <span className="font-medium">{`${id}@${version}`}</span> <span className="text-soft">{messages.intent(intent)}</span>
      </summary>
      <div className="border-t px-3 py-2">
        <p className="mb-2 break-all font-mono text-code text-soft">{path}</p>
        <pre className="whitespace-pre-wrap break-words font-mono text-code">{text}</pre>
      </div>
    </details>
  );
}
