import { Popover } from '@base-ui/react/popover';
import type { ApiCost, ApiCostEntry, ClusterCost } from '@quarterdeck/contract';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';
import { formatBytes } from '../../text/bytes.ts';
import { count } from '../../text/count.ts';
import { floating } from '../../ui/floating.ts';

const request = { type: 'subscribeCosts' } as const;
/** As many as fit without scrolling. */
const shownEntries = 12;

function applyCosts(state: readonly ClusterCost[] | null, frame: DataFrame): readonly ClusterCost[] | null {
  return frame.type === 'costsSnapshot' ? frame.costs : state;
}

/** What the workbench asks of the API server of a cluster, in one line; a table by request on demand. Nothing where it asked nothing. */
export function ApiCostLine({ cluster }: { cluster: string }) {
  const { state } = useLive(request, applyCosts);
  const cost = state?.find((each) => each.cluster === cluster)?.cost;
  if (cost === undefined) return null;
  const { requests, bytesIn } = cost.lastMinute;
  return (
    <Popover.Root>
      <Popover.Trigger className="rounded-sm text-left text-soft text-xs hover:text-ink hover:underline" title="What the workbench asks of this API server">
        {count(cost.openStreams, 'stream')} · {count(requests, 'request')}/min · {formatBytes(bytesIn)}/min
        {cost.total.throttled > 0 && <span className="text-medium"> · throttled {cost.total.throttled}×</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="z-50">
          <Popover.Popup className={`${floating.popup} w-[min(30rem,94vw)] p-3`} aria-label="API cost">
            <ApiCostTable cost={cost} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ApiCostTable({ cost }: { cost: ApiCost }) {
  const { total, lists, byRequest } = cost;
  const rest = byRequest.length - shownEntries;
  return (
    <>
      <p className="font-medium">What the workbench asks of this API server</p>
      <p className="text-soft text-xs">
        {count(cost.openStreams, 'open stream')}; lists: {lists.running} running, {lists.waiting} waiting. Since it connected:{' '}
        {count(total.requests, 'request')}, {formatBytes(total.bytesIn)} in, {formatBytes(total.bytesOut)} out, {count(total.forbidden, 'refusal')} (403),{' '}
        {total.spared} not asked again, {total.throttled} throttled (429).
      </p>
      <table className="mt-2 w-full text-xs">
        <thead>
          <tr className="text-left text-soft">
            <th className="py-1 pr-2 font-normal">Last 5 minutes</th>
            <th className="py-1 pr-2 text-right font-normal">Requests</th>
            <th className="py-1 pr-2 text-right font-normal">In</th>
            <th className="py-1 text-right font-normal">403 / 429</th>
          </tr>
        </thead>
        <tbody>
          {byRequest.slice(0, shownEntries).map((entry) => (
            <ApiCostRow key={`${entry.verb} ${entry.resource} ${entry.scope}`} entry={entry} />
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className="pt-1 text-soft text-xs">and {count(rest, 'other kind')} of request</p>}
    </>
  );
}

function ApiCostRow({ entry }: { entry: ApiCostEntry }) {
  return (
    <tr className="border-t">
      <td className="py-0.5 pr-2">
        <span className="font-mono">
          {entry.verb} {entry.resource}
        </span>
        {entry.scope === 'namespace' && <span className="text-soft"> in a namespace</span>}
      </td>
      <td className="py-0.5 pr-2 text-right tabular-nums">{entry.requests}</td>
      <td className="whitespace-nowrap py-0.5 pr-2 text-right tabular-nums">{formatBytes(entry.bytesIn)}</td>
      <td className="py-0.5 text-right tabular-nums">
        {entry.forbidden} / {entry.throttled}
      </td>
    </tr>
  );
}
