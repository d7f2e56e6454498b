import type { ModelProviderStatus } from '@quarterdeck/contract';
import { type SubmitEvent, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { useRemoveKey, useSetKey } from './use-setup.ts';

interface KeyFormProps {
  provider: ModelProviderStatus;
  rules: NonNullable<ModelProviderStatus['keyRules']>;
  /** Whether the server's machine has a keychain. */
  keychain: boolean;
}

/** The key goes in and never comes out: of the one that is there the ends are shown. */
export function KeyForm({ provider: { id, key }, rules, keychain }: KeyFormProps) {
  const messages = useMessages().providers;
  const [text, setText] = useState('');
  const [place, setPlace] = useState<'store' | 'keychain'>('store');
  const save = useSetKey();
  const remove = useRemoveKey();
  const [sure, setSure] = useState(false);
  const isStored = key?.place === 'store' || key?.place === 'keychain';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    // What was typed leaves the page's memory as soon as it is kept.
    save.mutate({ id, key: text, place }, { onSuccess: () => setText(''), onSettled: () => setSure(false) });
  };
  const problem = save.error instanceof Error ? save.error.message : null;
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <p className="break-words">{key === null ? messages.keyNone : messages.keyNow(key.mask, messages.places[key.place](key.from))}</p>
      {key !== null && !isStored && <p className="text-soft">{messages.keyFixed}</p>}
      <div className="flex flex-wrap items-end gap-2">
        <Field
          className="min-w-0 grow basis-56"
          label={messages.keyNew}
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          value={text}
          problem={problem}
          note={[rules.form === '' ? '' : messages.keyForm(rules.form), messages.keyKept].filter(Boolean).join(' ')}
          onChange={(event) => setText(event.target.value)}
        />
        {keychain && (
          <Choice
            className="w-48"
            label={messages.keyPlace}
            value={place}
            options={[
              { value: 'store', label: messages.inStore },
              { value: 'keychain', label: messages.inKeychain },
            ]}
            onChange={(event) => setPlace(event.target.value === 'keychain' ? 'keychain' : 'store')}
          />
        )}
      </div>
      {rules.page !== null && (
        <a href={rules.page} target="_blank" rel="noreferrer" className="self-start text-accent hover:underline">
          {messages.keyPage}
        </a>
      )}
      {remove.error !== null && <ErrorNotice what={messages.notSaved} error={remove.error} />}
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={save.isPending || text.trim() === ''}>
          {messages.keySet}
        </Button>
        {isStored && (
          <Button
            look={sure ? 'danger' : 'plain'}
            disabled={remove.isPending}
            onClick={() => (sure ? remove.mutate(id, { onSettled: () => setSure(false) }) : setSure(true))}
          >
            {sure ? messages.keyRemoveSure : messages.keyRemove}
          </Button>
        )}
      </div>
    </form>
  );
}
