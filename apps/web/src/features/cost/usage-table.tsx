import type { UsageTotals } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { formatDollars } from '../../text/money.ts';

interface UsageTableProps {
  label: string;
  /** What the rows are. */
  first: string;
  rows: readonly (UsageTotals & { name: string })[];
}

/** The numbers that are drawn above, or stand for themselves. What has no price says so. */
export function UsageTable({ label, first, rows }: UsageTableProps) {
  const messages = useMessages().cost;
  const { language } = usePreferences();
  if (rows.length === 0) return <p className="mt-2 text-soft">{messages.nothing}</p>;
  const head = 'py-1 pl-4 text-right font-normal';
  const cell = 'border-line/60 border-t py-0.5 pl-4 text-right';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section aria-label={messages.numbers(label)} tabIndex={0} className="mt-2 max-h-72 max-w-3xl overflow-auto">
      <table className="w-full">
        <thead className="sticky top-0 bg-canvas text-soft text-xs">
          <tr>
            <th className="py-1 text-left font-normal">{first}</th>
            <th className={head}>{messages.questions}</th>
            <th className={head}>{messages.tokens}</th>
            <th className={head}>{messages.cost}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, runs, tokens, cost, unpriced }) => (
            <tr key={name}>
              <th scope="row" className="min-w-0 break-words border-line/60 border-t py-0.5 text-left font-normal">
                {name}
              </th>
              <td className={cell}>{runs.toLocaleString(language)}</td>
              <td className={cell}>{tokens.toLocaleString(language)}</td>
              <td className={cell}>
                {unpriced < runs && formatDollars(cost, language)}
                {unpriced > 0 && <span className="text-soft"> {messages.unpriced(unpriced)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
