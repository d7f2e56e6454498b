import type { AlertRule, Delivery } from '@quarterdeck/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';
import { draftOf, readDraft } from './rule-draft.ts';
import { channelWords, conditionWords } from './rule-words.ts';
import { useSaveRule, useTestRule } from './use-rules.ts';

/** The rules with what each waits for; each can be switched, tried and changed. */
export function RuleList({ rules: { data, error, refetch } }: { rules: UseQueryResult<AlertRule[]> }) {
  const messages = useMessages().alerts;
  const mayManage = useMay('alert.manage');
  return (
    <section aria-labelledby="rules-title">
      <h2 id="rules-title" className="mb-2 font-semibold text-md">
        {messages.rules}
      </h2>
      {data === undefined && error !== null && <ErrorNotice what={messages.rulesNotRead} error={error} onRetry={() => refetch()} />}
      {data === undefined && error === null && <SkeletonLines widths={['44%', '70%', '52%']} />}
      {data?.length === 0 && (
        <p>
          {messages.noRules} <span className="text-soft">{messages.noRulesNote}</span>
        </p>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className="rounded border bg-surface">
          {data.map((rule) => (
            <Rule key={rule.id} rule={rule} />
          ))}
        </ul>
      )}
      {!mayManage && <p className="mt-2 text-soft">{messages.mayNotManage}</p>}
    </section>
  );
}

function Rule({ rule }: { rule: AlertRule }) {
  const messages = useMessages();
  const { all } = useClusters();
  const mayManage = useMay('alert.manage');
  const save = useSaveRule();
  const test = useTestRule();
  const { alerts } = messages;
  const cluster = rule.cluster === null ? alerts.everywhere : alerts.inCluster(all?.find(({ id }) => id === rule.cluster)?.name ?? rule.cluster);
  const turn = () => {
    const changed = readDraft({ ...draftOf(rule), enabled: !rule.enabled }).rule;
    if (changed !== null) save.mutate({ id: rule.id, rule: changed });
  };
  return (
    <li className="flex flex-col gap-1.5 border-b p-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="checkbox"
          aria-label={alerts.on(rule.name)}
          checked={rule.enabled}
          disabled={!mayManage || save.isPending}
          onChange={turn}
          className="size-4 accent-accent-fill"
        />
        <span className={`min-w-0 grow break-words font-medium ${rule.enabled ? '' : 'text-soft'}`}>{rule.name}</span>
        {mayManage && (
          <>
            <Button disabled={test.isPending} onClick={() => test.mutate(rule.id)}>
              {test.isPending ? alerts.testing : alerts.test}
            </Button>
            <Link to="/alerts" search={{ rule: rule.id }} className={buttonStyles.plain}>
              {alerts.edit}
            </Link>
          </>
        )}
      </div>
      <p className="break-words text-soft">
        {conditionWords(rule, messages)} · {cluster} · {channelWords(rule, messages)}
      </p>
      {save.error !== null && <ErrorNotice what={alerts.notSaved} error={save.error} />}
      {test.error !== null && <ErrorNotice what={alerts.notTested} error={test.error} />}
      {test.data !== undefined && <Tested delivery={test.data.delivery} />}
    </li>
  );
}

/** How a test went with the webhook; the page shows its own part by itself. */
function Tested({ delivery }: { delivery: Delivery | null }) {
  const messages = useMessages().alerts;
  return (
    <p role="status" className="flex flex-wrap gap-x-3">
      <StatusMark state="healthy" text={messages.toldInPage} />
      {delivery?.delivered === true && <StatusMark state="healthy" text={messages.webhookDelivered(delivery.status)} />}
      {delivery?.delivered === false && <StatusMark state="high" text={messages.webhookFailed(delivery.problem ?? '')} />}
    </p>
  );
}
