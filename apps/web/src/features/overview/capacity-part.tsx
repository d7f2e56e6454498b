import type { Amounts, Capacity } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { formatBytes } from '../../text/bytes.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';
import { CapacityBar } from './capacity-bar.tsx';
import { useCapacity, useNodeUsage } from './use-overview.ts';

/** What the nodes offer, what is asked of them, and what is used where that is measured. */
export function CapacityPart() {
  const messages = useMessages().overview;
  const cluster = useClusters().selected?.id;
  const { data, error, refetch } = useCapacity(cluster);
  return (
    <Section title={messages.capacity}>
      {data === undefined && error === null && <SkeletonLines widths={['90%', '86%', '92%']} />}
      {data === undefined && error !== null && <ErrorNotice what={messages.capacityNotRead} error={error} onRetry={() => refetch()} />}
      {data !== undefined && (data.nodes === null ? <p className="text-soft">{messages.nodesNotRead}</p> : <Known capacity={data} nodes={data.nodes} />)}
    </Section>
  );
}

function Known({ capacity, nodes }: { capacity: Capacity; nodes: NonNullable<Capacity['nodes']> }) {
  const messages = useMessages().overview;
  const { language } = usePreferences();
  const usage = useNodeUsage(useMay('metric.read'));
  const used: Amounts = usage.data?.state === 'available' && usage.data.cluster !== null ? usage.data.cluster : { cpu: null, memory: null };
  const cores = (value: number) => messages.cores(value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 2 : 0 }));
  const pieces = (value: number) => value.toLocaleString(language);
  return (
    <div className="flex flex-col gap-3">
      {capacity.cpu !== null && <CapacityBar label={messages.cpu} share={capacity.cpu} used={used.cpu} format={cores} taken={messages.asked} />}
      {capacity.memory !== null && (
        <CapacityBar label={messages.memory} share={capacity.memory} used={used.memory} format={formatBytes} taken={messages.asked} />
      )}
      {capacity.podSlots !== null && <CapacityBar label={messages.podSlots} share={capacity.podSlots} used={null} format={pieces} taken={messages.placed} />}
      {nodes.cordoned > 0 && (
        <Link to="/resources/$kind" params={{ kind: 'nodes' }} search={{ q: 'status:schedulingdisabled' }} className="w-fit text-accent hover:underline">
          {messages.cordoned(nodes.cordoned)}
        </Link>
      )}
      {usage.data?.state === 'unavailable' && (
        <p className="text-soft text-xs" title={usage.data.remedy}>
          {messages.noMetrics} {usage.data.reason}
        </p>
      )}
    </div>
  );
}
