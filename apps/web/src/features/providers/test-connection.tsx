import type { ModelProviderStatus, ProviderTest } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useTestProvider } from './use-setup.ts';

/** Asks the provider now. What came of the last time stands beside it until something is set otherwise. */
export function TestConnection({ provider, whole = false }: { provider: ModelProviderStatus; whole?: boolean }) {
  const messages = useMessages().providers;
  const test = useTestProvider();
  return (
    <span className={whole ? 'flex flex-col items-start gap-2' : 'flex items-center gap-2'}>
      {!whole && provider.test?.outcome === 'works' && <Worked test={provider.test} />}
      <Button
        disabled={test.isPending || !provider.enabled}
        aria-label={whole ? undefined : messages.testOf(provider.name)}
        onClick={() => test.mutate(provider.id)}
      >
        {test.isPending ? messages.testing : messages.test}
      </Button>
      <span role="status" className={whole ? 'min-w-0' : 'sr-only'}>
        {provider.test !== null && <Outcome test={provider.test} />}
      </span>
      {whole && test.error !== null && <ErrorNotice what={messages.outcomes.badRequest} error={test.error} />}
    </span>
  );
}

function Worked({ test: { latencyMs, models } }: { test: ProviderTest }) {
  const messages = useMessages().providers;
  return <span className="hidden text-soft text-xs lg:inline">{latencyMs !== null && messages.tested(Math.round(latencyMs), models ?? 0)}</span>;
}

function Outcome({ test: { outcome, message, hint, latencyMs, models } }: { test: ProviderTest }) {
  const messages = useMessages().providers;
  return (
    <>
      <StatusMark state={outcome === 'works' ? 'healthy' : 'critical'} text={messages.outcomes[outcome]} />
      {outcome === 'works' && latencyMs !== null && <span className="ml-2 text-soft">{messages.tested(Math.round(latencyMs), models ?? 0)}</span>}
      {outcome !== 'works' && (
        <span className="block break-words">
          {message} {hint !== null && <span className="text-soft">{hint}</span>}
        </span>
      )}
    </>
  );
}
