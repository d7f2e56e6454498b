import type { ModelProviderStatus, ModelSetup } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { EndpointForm } from './endpoint-form.tsx';
import { standing } from './provider-words.ts';
import { TestConnection } from './test-connection.tsx';

/** Every provider with its state and where its key comes from; what is set up comes first. */
export function ProviderList({ setup }: { setup: ModelSetup }) {
  const messages = useMessages().providers;
  const [adding, setAdding] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label={messages.all} className="rounded border bg-surface">
        {setup.providers.map((provider) => (
          <ProviderLine key={provider.id} provider={provider} />
        ))}
      </ul>
      {adding ? (
        <EndpointForm taken={setup.providers.map(({ id }) => id)} onClose={() => setAdding(false)} />
      ) : (
        <Button className="self-start" onClick={() => setAdding(true)}>
          {messages.newEndpoint}
        </Button>
      )}
    </div>
  );
}

function ProviderLine({ provider }: { provider: ModelProviderStatus }) {
  const messages = useMessages().providers;
  const { id, name, state, key, keyRules, baseUrl, own } = provider;
  return (
    <li className="border-b px-3 py-1.5 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 grow basis-40 break-words font-medium">
          {name} {own && <span className="font-normal text-soft text-xs">{messages.ownEndpoint}</span>}
        </span>
        <span className="w-44 min-w-0">
          <StatusMark {...standing(provider, messages)} />
        </span>
        <span className="min-w-0 grow basis-56 truncate text-soft" title={baseUrl ?? ''}>
          {key !== null && messages.keyNow(key.mask, messages.places[key.place](key.from))}
          {key === null && keyRules?.required !== true && messages.noKeyNeeded}
        </span>
        <TestConnection provider={provider} />
        <Link to="/ai/providers" search={{ provider: id }} className={buttonStyles.plain} aria-label={messages.open(name)}>
          {messages.useSetUp}
        </Link>
      </div>
      {provider.problem !== null && state !== 'noKey' && state !== 'noAddress' && <p className="break-words text-soft">{provider.problem}</p>}
    </li>
  );
}
