import type { ListedModel, ModelProviderStatus, ModelSetup } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { Middle } from '../../ui/middle.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useChoose, useProviderModels } from './use-setup.ts';

/** More of them nobody reads: the filter finds the others. */
const mostRows = 60;

/** The models that the provider tells of; one press and one is asked. */
export function ProviderModels({ provider, setup }: { provider: ModelProviderStatus; setup: ModelSetup }) {
  const messages = useMessages().providers;
  const [wanted, setWanted] = useState(false);
  const [filter, setFilter] = useState('');
  const models = useProviderModels(provider.id, '', wanted);
  const words = filter.toLowerCase().trim();
  const shown = models.data?.models.filter(({ id }) => id.toLowerCase().includes(words)) ?? [];
  const near = useProviderModels(provider.id, words, wanted && models.data !== undefined && shown.length === 0 && words !== '');
  if (!wanted) return <Button onClick={() => setWanted(true)}>{messages.showModels}</Button>;
  return (
    <div className="flex flex-col gap-2">
      {models.isPending && <SkeletonLines widths={['70%', '60%', '65%']} />}
      {models.error !== null && <ErrorNotice what={messages.notListed} error={models.error} onRetry={() => models.refetch()} />}
      {models.data !== undefined && (
        <>
          <Field label={messages.filterModels} type="search" value={filter} onChange={(event) => setFilter(event.target.value)} />
          {shown.length === 0 ? (
            <p role="status">{near.data?.near.map(messages.didYouMean).join(' ') ?? messages.noModels}</p>
          ) : (
            <ModelTable provider={provider} setup={setup} models={shown.slice(0, mostRows)} />
          )}
        </>
      )}
    </div>
  );
}

interface ModelTableProps {
  provider: ModelProviderStatus;
  setup: ModelSetup;
  models: readonly ListedModel[];
}

function ModelTable({ provider, setup, models }: ModelTableProps) {
  const messages = useMessages().providers;
  const { language } = usePreferences();
  const choose = useChoose();
  const use = (model: string) => choose.mutate({ ...setup.choice, offline: false, use: [...setup.choice.use, `${provider.id}/${model}`] });
  return (
    <>
      {choose.error !== null && <ErrorNotice what={messages.notSaved} error={choose.error} />}
      <table className="w-full">
        <thead className="text-left text-soft text-xs">
          <tr>
            <th className="py-1 font-normal">{messages.model}</th>
            <th className="py-1 text-right font-normal">{messages.context}</th>
            <th className="hidden py-1 text-right font-normal sm:table-cell">{messages.tools}</th>
            <th className="hidden py-1 text-right font-normal sm:table-cell">{messages.perMillion}</th>
            <th className="py-1">
              <span className="sr-only">{messages.useShort}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.id} className="border-line/60 border-t">
              <td className="max-w-44 py-0.5">
                <Middle text={model.id} />
              </td>
              <td className="py-0.5 text-right">{model.contextWindow?.toLocaleString(language) ?? messages.unknown}</td>
              <td className="hidden py-0.5 text-right sm:table-cell">{model.tools ? messages.yes : messages.no}</td>
              <td className="hidden py-0.5 text-right sm:table-cell">
                {model.price === null ? messages.unknown : `${model.price.input} / ${model.price.output}`}
              </td>
              <td className="py-0.5 text-right">
                {setup.choice.use.includes(`${provider.id}/${model.id}`) ? (
                  <span className="text-soft">{messages.isAsked}</span>
                ) : (
                  <Button aria-label={messages.use(model.id)} disabled={choose.isPending} onClick={() => use(model.id)}>
                    {messages.useShort}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
