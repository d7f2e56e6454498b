import type { ApiCost, ApiCostEntry, ClusterCost } from '@quarterdeck/contract';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { formatBytes } from '../../text/bytes.ts';
import { PopoverButton } from '../../ui/popover-button.tsx';

const request = { type: 'subscribeCosts' } as const;
/** As many as fit without scrolling. */
const shownEntries = 12;

function applyCosts(state: readonly ClusterCost[] | null, frame: DataFrame): readonly ClusterCost[] | null {
  return frame.type === 'costsSnapshot' ? frame.costs : state;
}

/** What the workbench asks of the API server of a cluster, in one line; a table by request on demand. Nothing where it asked nothing. */
export function ApiCostLine({ cluster }: { cluster: string }) {
  const messages = useMessages().clusters.cost;
  const { state } = useLive(request, applyCosts);
  const cost = state?.find((each) => each.cluster === cluster)?.cost;
  if (cost === undefined) return null;
  const { requests, bytesIn } = cost.lastMinute;
  return (
    <PopoverButton
      face={
        <>
          {messages.perMinute(cost.openStreams, requests, formatBytes(bytesIn))}
          {cost.total.throttled > 0 && <span className="text-medium"> · {messages.throttled(cost.total.throttled)}</span>}
        </>
      }
      look="rounded-sm text-left text-soft text-xs hover:text-ink hover:underline"
      title={messages.title}
      panel="w-[min(30rem,94vw)] p-3"
      panelLabel={messages.label}
    >
      <ApiCostTable cost={cost} />
    </PopoverButton>
  );
}

function ApiCostTable({ cost }: { cost: ApiCost }) {
  const messages = useMessages().clusters.cost;
  const { total, lists, byRequest } = cost;
  const rest = byRequest.length - shownEntries;
  return (
    <>
      <p className="font-medium">{messages.title}</p>
      <p className="text-soft text-xs">
        {messages.now(cost.openStreams, lists.running, lists.waiting)}{' '}
        {messages.total({ ...total, bytesIn: formatBytes(total.bytesIn), bytesOut: formatBytes(total.bytesOut) })}
      </p>
      <table className="mt-2 w-full text-xs">
        <thead>
          <tr className="text-left text-soft">
            <th className="py-1 pr-2 font-normal">{messages.lastMinutes}</th>
            <th className="py-1 pr-2 text-right font-normal">{messages.requests}</th>
            <th className="py-1 pr-2 text-right font-normal">{messages.bytesIn}</th>
            <th className="py-1 text-right font-normal">403 / 429</th>
          </tr>
        </thead>
        <tbody>
          {byRequest.slice(0, shownEntries).map((entry) => (
            <ApiCostRow key={`${entry.verb} ${entry.resource} ${entry.scope}`} entry={entry} />
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className="pt-1 text-soft text-xs">{messages.otherKinds(rest)}</p>}
    </>
  );
}

function ApiCostRow({ entry }: { entry: ApiCostEntry }) {
  const { inNamespace } = useMessages().clusters.cost;
  return (
    <tr className="border-t">
      <td className="py-0.5 pr-2">
        <span className="font-mono">
          {entry.verb} {entry.resource}
        </span>
        {entry.scope === 'namespace' && <span className="text-soft"> {inNamespace}</span>}
      </td>
      <td className="py-0.5 pr-2 text-right tabular-nums">{entry.requests}</td>
      <td className="whitespace-nowrap py-0.5 pr-2 text-right tabular-nums">{formatBytes(entry.bytesIn)}</td>
      <td className="py-0.5 text-right tabular-nums">
        {entry.forbidden} / {entry.throttled}
      </td>
    </tr>
  );
}
