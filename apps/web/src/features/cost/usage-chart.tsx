import type { UsageReport } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { formatDollars } from '../../text/money.ts';
import { useNow } from '../../ui/now.ts';
import { TimeChart } from '../metrics/time-chart.tsx';
import { daysOf } from './days-of.ts';

const hour = 3_600_000;
const dollarSteps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const tokenSteps = [10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 1e8];

/** Dollars and tokens day by day, over the same days. */
export default function UsageChart({ usage }: { usage: UsageReport }) {
  const messages = useMessages().cost;
  const { language } = usePreferences();
  const days = daysOf(usage, useNow(hour));
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1_000;
  const [from, to] = [at(days[0]?.day ?? usage.since.slice(0, 10)), at(days.at(-1)?.day ?? usage.since.slice(0, 10))];
  const shared = { lines: [], from, to: Math.max(to, from + 86_400), group: 'usage' };
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <TimeChart
        {...shared}
        title={messages.cost}
        series={[{ label: messages.cost, colour: 'accent', points: days.map(({ day, cost }) => [at(day), cost] as const) }]}
        format={(value) => formatDollars(value, language)}
        steps={dollarSteps}
      />
      <TimeChart
        {...shared}
        title={messages.tokens}
        series={[{ label: messages.tokens, colour: 'pending', points: days.map(({ day, tokens }) => [at(day), tokens] as const) }]}
        format={(value) => Math.round(value).toLocaleString(language, { notation: value >= 10_000 ? 'compact' : 'standard' })}
        steps={tokenSteps}
      />
    </div>
  );
}
