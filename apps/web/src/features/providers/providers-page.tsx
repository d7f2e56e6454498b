import type { ModelSetup } from '@quarterdeck/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Tick } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { McpAccess } from '../mcp/mcp-access.tsx';
import { McpServerList } from '../mcp/mcp-server-list.tsx';
import { useMay } from '../session/session.tsx';
import { AddModel } from './add-model.tsx';
import { LocalPrograms } from './local-programs.tsx';
import { ModelCompare } from './model-compare.tsx';
import { ModelOrder } from './model-order.tsx';
import { ProviderList } from './provider-list.tsx';
import { ProviderPanel } from './provider-panel.tsx';
import { UnusedKeys } from './unused-keys.tsx';
import { useChoose, useSetup } from './use-setup.ts';

const route = getRouteApi('/ai/providers');

/** Which models are asked, of whom, and with which keys. */
export function ProvidersPage() {
  const messages = useMessages().providers;
  const mayManage = useMay('ai:manage');
  if (!mayManage) return <Empty title={messages.mayNot}>{messages.mayNotNote}</Empty>;
  return <Managed />;
}

function Managed() {
  const messages = useMessages().providers;
  const setup = useSetup();
  const { provider } = route.useSearch();
  const navigate = route.useNavigate();
  const shown = setup.data?.providers.find(({ id }) => id === provider);
  const close = () => void navigate({ search: (before) => ({ ...before, provider: undefined }) });
  return (
    <div className="relative flex min-h-0 grow flex-col border-t">
      <div className="min-h-0 grow overflow-y-auto">
        <div className="flex max-w-5xl flex-col gap-8 px-3 py-4">
          {setup.error !== null && <ErrorNotice what={messages.notRead} error={setup.error} onRetry={() => setup.refetch()} />}
          {setup.isPending && <SkeletonLines widths={['30%', '60%', '55%', '20%', '70%', '66%', '68%']} />}
          {setup.data !== undefined && <Parts setup={setup.data} />}
        </div>
      </div>
      {shown !== undefined && setup.data !== undefined && <ProviderPanel key={shown.id} provider={shown} setup={setup.data} onClose={close} />}
    </div>
  );
}

function Parts({ setup }: { setup: ModelSetup }) {
  const { providers: messages, mcp } = useMessages();
  return (
    <>
      <Section
        title={messages.asked}
        actions={
          <Link to="/ai/cost" search={{}} className="text-accent hover:underline">
            {messages.limitsLink}
          </Link>
        }
      >
        <Asked setup={setup} />
      </Section>
      <Section title={messages.local}>
        <LocalPrograms setup={setup} />
      </Section>
      <Section title={messages.all}>
        <ProviderList setup={setup} />
      </Section>
      <Section title={messages.compare}>
        <ModelCompare setup={setup} />
      </Section>
      <Section title={mcp.servers}>
        <McpServerList />
      </Section>
      <Section title={mcp.access}>
        <McpAccess />
      </Section>
    </>
  );
}

function Asked({ setup }: { setup: ModelSetup }) {
  const messages = useMessages().providers;
  const choose = useChoose();
  const { choice } = setup;
  const isNone = choice.offline || choice.use.length === 0;
  const save = (change: Partial<ModelSetup['choice']>) => choose.mutate({ ...choice, ...change });
  return (
    <div className="flex flex-col gap-3">
      {isNone ? (
        <p className="max-w-3xl">
          <span className="font-medium">{messages.none}</span> {messages.offlineNote}
        </p>
      ) : (
        <p className="text-soft">{messages.askedNote}</p>
      )}
      <UnusedKeys setup={setup} onUse={(model) => save({ use: [model], offline: false })} />
      {choice.use.length > 0 && <ModelOrder label={messages.order} setup={setup} names={choice.use} onChange={(use) => save({ use })} />}
      <AddModel setup={setup} label={messages.addButton} onAdd={(model) => save({ use: [...choice.use, model], offline: false })} />
      {choose.error !== null && <ErrorNotice what={messages.notSaved} error={choose.error} />}
      <div className="flex flex-col gap-1">
        <Tick label={messages.offline} checked={choice.offline} disabled={choose.isPending} onChange={() => save({ offline: !choice.offline })} />
        <Tick
          label={messages.remoteAfterLocal}
          checked={choice.remoteAfterLocal}
          disabled={choose.isPending}
          onChange={() => save({ remoteAfterLocal: !choice.remoteAfterLocal })}
        />
      </div>
      <details>
        <summary className="cursor-default text-accent">{messages.plans}</summary>
        <div className="mt-2 flex flex-col gap-3">
          <p className="text-soft">{messages.plansNote}</p>
          {choice.plans.length > 0 && <ModelOrder label={messages.plans} setup={setup} names={choice.plans} onChange={(plans) => save({ plans })} />}
          <AddModel setup={setup} label={messages.plansAdd} onAdd={(model) => save({ plans: [...choice.plans, model] })} />
        </div>
      </details>
      <p className="text-soft text-xs">{messages.pricesFrom(setup.prices.source, setup.prices.asOf)}</p>
    </div>
  );
}
