import type { UsageReport } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { formatDollars } from '../../text/money.ts';
import { tookText } from '../model-runs/run-words.ts';

/** How quickly and how well models answered, and what is left of the limits. */
export function UsageFigures({ usage }: { usage: UsageReport }) {
  const messages = useMessages().cost;
  const { language } = usePreferences();
  const share = (value: number | null) => (value === null ? messages.none : value.toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 }));
  const time = (value: number | null) => (value === null ? messages.none : tookText(value));
  const count = (value: number) => value.toLocaleString(language);
  const { latency, firstText, tokens, limits } = usage;
  const figures: readonly (readonly [name: string, value: string])[] = [
    [messages.tokens, messages.sentAndAnswered(count(tokens.input), count(tokens.output))],
    [messages.cacheRead, count(tokens.cacheRead)],
    [messages.latency, [latency.p50, latency.p95, latency.p99].map(time).join(' / ')],
    [messages.firstText, [firstText.p50, firstText.p95, firstText.p99].map(time).join(' / ')],
    [messages.cacheHits, share(usage.cacheHitRate)],
    [messages.errors, share(usage.errorRate)],
    [messages.retries, share(usage.retryRate)],
    [messages.satisfaction, share(usage.satisfaction)],
    [messages.leftMessages, limits.messagesLeftThisHour === null ? messages.noLimit : count(limits.messagesLeftThisHour)],
    [messages.leftToday, limits.costLeftToday === null ? messages.noLimit : formatDollars(limits.costLeftToday, language)],
    [messages.leftMonth, limits.costLeftThisMonth === null ? messages.noLimit : formatDollars(limits.costLeftThisMonth, language)],
  ];
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-6 gap-y-3">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt className="text-soft text-xs">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
