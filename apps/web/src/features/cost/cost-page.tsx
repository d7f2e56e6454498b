import type { UsageReport } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { formatDollars } from '../../text/money.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Tick } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import { LimitsForm } from './limits-form.tsx';
import { UsageFigures } from './usage-figures.tsx';
import { UsageTable } from './usage-table.tsx';
import { useUsage } from './use-usage.ts';

const UsageChart = lazy(() => import('./usage-chart.tsx'));
const route = getRouteApi('/ai/cost');
const spans = [7, 30, 90] as const;

/** What models cost, how well they answered, and what may be spent. */
export function CostPage() {
  const messages = useMessages().cost;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayManage = useMay('ai:manage');
  const everybody = mayManage && search.everybody === 'true';
  const days = spans.find((each) => String(each) === search.days) ?? 30;
  const usage = useUsage(days, everybody);
  return (
    <div className="min-h-0 grow overflow-y-auto border-t">
      <div className="flex max-w-5xl flex-col gap-8 px-3 py-4">
        <div className="flex flex-wrap items-center gap-3">
          <select
            aria-label={messages.time}
            value={String(days)}
            onChange={({ target }) => void navigate({ search: (before) => ({ ...before, days: target.value }), replace: true })}
            className="h-7 rounded border border-line bg-surface px-1.5"
          >
            {spans.map((each) => (
              <option key={each} value={each}>
                {messages.lastDays(each)}
              </option>
            ))}
          </select>
          {mayManage && (
            <Tick
              label={messages.everybody}
              checked={everybody}
              onChange={({ target }) => void navigate({ search: (before) => ({ ...before, everybody: target.checked ? 'true' : undefined }), replace: true })}
            />
          )}
        </div>
        {usage.error !== null && <ErrorNotice what={messages.notRead} error={usage.error} onRetry={() => usage.refetch()} />}
        {usage.isPending && <SkeletonLines widths={['40%', '70%', '65%', '90%', '90%']} />}
        {usage.data !== undefined && <Report usage={usage.data} everybody={everybody} />}
        <Section title={messages.limits}>
          <LimitsForm />
        </Section>
      </div>
    </div>
  );
}

function Report({ usage, everybody }: { usage: UsageReport; everybody: boolean }) {
  const messages = useMessages().cost;
  const { language } = usePreferences();
  return (
    <>
      <div className="flex flex-col gap-3">
        {usage.limits.alerts.map((alert) => (
          <StatusMark key={alert} state="medium" text={alert} />
        ))}
        <p>
          <span className="font-semibold text-lg">{formatDollars(usage.cost, language)}</span>{' '}
          <span className="text-soft">{messages.runs(usage.runs.toLocaleString(language))}</span>
        </p>
        {usage.unpriced > 0 && <p>{messages.unpricedNote(usage.unpriced)}</p>}
        <UsageFigures usage={usage} />
      </div>
      <Section title={messages.perDay}>
        <Suspense fallback={<div className="skeleton h-45 w-full" aria-hidden="true" />}>
          <UsageChart usage={usage} />
        </Suspense>
        <UsageTable label={messages.perDay} first={messages.day} rows={usage.byDay.toReversed().map((each) => ({ ...each, name: each.day }))} />
      </Section>
      <Section title={messages.perModel}>
        <UsageTable label={messages.perModel} first={messages.model} rows={usage.byModel.map((each) => ({ ...each, name: each.model }))} />
      </Section>
      {everybody && (
        <Section title={messages.perPerson}>
          <UsageTable label={messages.perPerson} first={messages.person} rows={usage.byUser.map((each) => ({ ...each, name: each.user }))} />
        </Section>
      )}
    </>
  );
}
