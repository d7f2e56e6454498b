import type { ModelProviderStatus } from '@quarterdeck/contract';
import { type SubmitEvent, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field, Tick } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { useChangeProvider } from './use-setup.ts';

/** Where it is, what it is called, and how much it is given. */
export function AddressForm({ provider }: { provider: ModelProviderStatus }) {
  const messages = useMessages().providers;
  const [draft, setDraft] = useState(() => draftOf(provider));
  const save = useChangeProvider();
  const problems = problemsByField(save.error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate(changeOf(provider, draft));
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Field
        label={messages.address}
        note={provider.key === null ? messages.addressNote(provider.baseUrlExample ?? 'http://127.0.0.1:8080/v1') : messages.addressMoves}
        type="url"
        spellCheck={false}
        value={draft.baseUrl}
        problem={problems.get('baseUrl') ?? null}
        onChange={(event) => setDraft({ ...draft, baseUrl: event.target.value })}
      />
      {provider.own && <Field label={messages.name} maxLength={60} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />}
      <Tick label={messages.inHouse} checked={draft.local} onChange={() => setDraft({ ...draft, local: !draft.local })} />
      <div className="flex flex-wrap gap-3">
        <NumberField label={messages.concurrency} max={64} value={draft.concurrency} onChange={(concurrency) => setDraft({ ...draft, concurrency })} />
        {provider.kind === 'ollama' && (
          <NumberField
            label={messages.contextWindow}
            min={512}
            max={10_000_000}
            value={draft.contextWindow}
            onChange={(contextWindow) => setDraft({ ...draft, contextWindow })}
          />
        )}
      </div>
      {save.error !== null && problems.size === 0 && <ErrorNotice what={messages.notSaved} error={save.error} />}
      <Button type="submit" className="self-start" disabled={save.isPending}>
        {messages.save}
      </Button>
    </form>
  );
}

interface Draft {
  baseUrl: string;
  name: string;
  local: boolean;
  /** Empty: as usual. */
  concurrency: string;
  contextWindow: string;
}

function draftOf({ baseUrl, name, local, concurrency, contextWindow }: ModelProviderStatus): Draft {
  const text = (value: number | null) => (value === null ? '' : String(value));
  return { baseUrl: baseUrl ?? '', name, local: local ?? false, concurrency: text(concurrency), contextWindow: text(contextWindow) };
}

function changeOf(provider: ModelProviderStatus, draft: Draft) {
  const before = draftOf(provider);
  const number = (text: string) => (text === '' ? null : Number(text));
  return {
    id: provider.id,
    ...(draft.baseUrl === before.baseUrl ? {} : { baseUrl: draft.baseUrl === '' ? null : draft.baseUrl }),
    ...(draft.name === before.name || draft.name.trim() === '' ? {} : { name: draft.name }),
    ...(draft.local === before.local ? {} : { local: draft.local }),
    ...(draft.concurrency === before.concurrency ? {} : { concurrency: number(draft.concurrency) }),
    ...(draft.contextWindow === before.contextWindow ? {} : { contextWindow: number(draft.contextWindow) }),
  };
}

interface NumberFieldProps {
  label: string;
  min?: number;
  max: number;
  value: string;
  onChange(value: string): void;
}

function NumberField({ label, min = 1, max, value, onChange }: NumberFieldProps) {
  const messages = useMessages().providers;
  return (
    <Field
      className="w-44"
      label={label}
      type="number"
      min={min}
      max={max}
      step={1}
      placeholder={messages.usual}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
