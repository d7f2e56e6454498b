import type { ModelSetup } from '@quarterdeck/contract';
import { type SubmitEvent, useId, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { useProviderModels } from './use-setup.ts';

interface AddModelProps {
  setup: ModelSetup;
  label: string;
  onAdd(model: string): void;
}

/** One more model, by its provider and name; a name that the provider does not list is questioned before it is taken. */
export function AddModel({ setup, label, onAdd }: AddModelProps) {
  const messages = useMessages().providers;
  const list = useId();
  const offered = setup.providers.filter(({ enabled }) => enabled);
  const first = offered.find(({ state }) => state === 'ready') ?? offered[0];
  const [id, setId] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [doubted, setDoubted] = useState<string | null>(null);
  const provider = offered.find((each) => each.id === (id ?? first?.id));
  const [reached, setReached] = useState(false);
  // A provider is asked for its models when somebody reaches for them, and not before.
  const models = useProviderModels(provider?.id ?? '', '', reached && provider?.state === 'ready');
  const near = useProviderModels(provider?.id ?? '', doubted ?? '', doubted !== null);
  if (provider === undefined) return null;
  const take = (model: string) => {
    onAdd(`${provider.id}/${model}`);
    setName('');
    setDoubted(null);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const model = name.trim();
    const isListed = models.data?.models.some((each) => each.id === model || each.id === `${model}:latest`) ?? true;
    if (isListed) take(model);
    else setDoubted(model);
  };
  return (
    <form className="flex max-w-3xl flex-wrap items-end gap-2" onSubmit={submit}>
      <Choice
        className="w-52"
        label={messages.provider}
        value={provider.id}
        options={offered.map((each) => ({ value: each.id, label: each.name }))}
        onChange={(event) => {
          setId(event.target.value);
          setReached(false);
          setDoubted(null);
        }}
      />
      <Field
        className="min-w-0 grow basis-56"
        label={messages.model}
        list={list}
        required
        value={name}
        placeholder={provider.suggested ?? ''}
        onFocus={() => setReached(true)}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setName(event.target.value);
          setDoubted(null);
        }}
      />
      <datalist id={list}>
        {models.data?.models.map((model) => (
          <option key={model.id} value={model.id} />
        ))}
      </datalist>
      <Button type="submit" className="h-8">
        {label}
      </Button>
      {doubted !== null && (
        <p role="status" className="flex basis-full flex-wrap gap-x-3">
          {messages.notInList(doubted)}
          {near.data?.near.map((model) => (
            <TextButton key={model} onClick={() => take(model)}>
              {messages.didYouMean(model)}
            </TextButton>
          ))}
          <TextButton onClick={() => take(doubted)}>{messages.addAnyway}</TextButton>
        </p>
      )}
    </form>
  );
}
