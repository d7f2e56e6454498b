import type { ModelProviderStatus, ModelSetup } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Tick } from '../../ui/field.tsx';
import { Part } from '../../ui/part.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { AddressForm } from './address-form.tsx';
import { KeyForm } from './key-form.tsx';
import { ProviderModels } from './provider-models.tsx';
import { standing } from './provider-words.ts';
import { TestConnection } from './test-connection.tsx';
import { useChangeProvider, useRemoveProvider } from './use-setup.ts';

interface ProviderPanelProps {
  provider: ModelProviderStatus;
  setup: ModelSetup;
  onClose(): void;
}

/** One provider: whether it answers, its key, where it is, and its models. */
export function ProviderPanel({ provider, setup, onClose }: ProviderPanelProps) {
  const messages = useMessages().providers;
  const { id, name, enabled, problem } = provider;
  const change = useChangeProvider();
  return (
    <SidePanel
      label={name}
      title={
        <>
          <h2 className="truncate font-medium text-md">{name}</h2>
          <p className="truncate font-mono text-code text-soft">{provider.baseUrl ?? id}</p>
        </>
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-6 p-4">
        <div className="flex flex-col gap-2">
          <StatusMark {...standing(provider, messages)} />
          {problem !== null && <p className="break-words">{problem}</p>}
          <TestConnection provider={provider} whole />
          <Tick label={messages.enabled} checked={enabled} disabled={change.isPending} onChange={() => change.mutate({ id, enabled: !enabled })} />
          {change.error !== null && <ErrorNotice what={messages.notSaved} error={change.error} />}
        </div>
        {enabled && provider.keyRules !== null && (
          <Part title={messages.key}>
            <KeyForm provider={provider} rules={provider.keyRules} keychain={setup.keychain} />
          </Part>
        )}
        {enabled && hasAddress(provider) && (
          <Part title={messages.address}>
            <AddressForm provider={provider} />
          </Part>
        )}
        {enabled && (
          <Part title={messages.models}>
            <ProviderModels provider={provider} setup={setup} />
          </Part>
        )}
        {provider.own && <Remove id={id} onDone={onClose} />}
      </div>
    </SidePanel>
  );
}

/** Vendors are asked at their own addresses and nowhere else. */
function hasAddress({ own, kind }: ModelProviderStatus): boolean {
  return own || kind === 'ollama' || kind === 'azure' || kind === 'openai-compatible';
}

function Remove({ id, onDone }: { id: string; onDone(): void }) {
  const messages = useMessages().providers;
  const [sure, setSure] = useState(false);
  const remove = useRemoveProvider();
  return (
    <div className="flex flex-col gap-2">
      {remove.error !== null && <ErrorNotice what={messages.notSaved} error={remove.error} />}
      <Button
        look={sure ? 'danger' : 'plain'}
        className="self-start"
        disabled={remove.isPending}
        onClick={() => (sure ? remove.mutate(id, { onSuccess: onDone }) : setSure(true))}
      >
        {sure ? messages.removeSure : messages.removeProvider}
      </Button>
    </div>
  );
}
