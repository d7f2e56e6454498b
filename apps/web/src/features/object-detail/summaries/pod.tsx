import { type KindTypes, refOf, refTo } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Age } from '../../../ui/time.tsx';
import { useMetricsNow } from '../../metrics/use-metrics-now.ts';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { containersIn } from '../containers/container-states.ts';
import { ContainersPart } from '../containers/containers-part.tsx';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts, Mono } from '../parts/facts.tsx';
import { useEventsAbout } from '../sections/use-events.ts';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function PodSummary({ object: pod }: SummaryProps<KindTypes['Pod']>) {
  const messages = useMessages().objectSummary;
  const { spec, status, metadata } = pod;
  const { namespace = null, name } = metadata;
  const events = useEventsAbout([refOf(pod)], namespace).events?.groups ?? [];
  const now = useMetricsNow({ of: 'pods', namespace, ...(metadata.labels === undefined ? {} : { labels: metadata.labels }) });
  const usage = now?.state === 'available' ? (now.pods.find((each) => each.name === name)?.containers ?? []) : [];
  const account = spec?.serviceAccountName;
  return (
    <>
      <Facts>
        <Fact label={messages.node}>{spec?.nodeName !== undefined && <ObjectChip object={refTo('Node', null, spec.nodeName)} bare />}</Fact>
        <Fact label={messages.podIp}>
          <Mono>{(status?.podIPs ?? []).map(({ ip }) => ip).join(', ')}</Mono>
        </Fact>
        <Fact label={messages.serviceAccount}>{account !== undefined && <ObjectChip object={refTo('ServiceAccount', namespace, account)} bare />}</Fact>
        <Fact label={messages.hostIp}>{status?.hostIP}</Fact>
        <Fact label={messages.qos}>{status?.qosClass}</Fact>
        <Fact label={messages.priority}>{spec?.priorityClassName ?? (spec?.priority === 0 ? '' : spec?.priority)}</Fact>
        <Fact label={messages.restartPolicy}>{spec?.restartPolicy}</Fact>
        <Fact label={messages.started}>{status?.startTime !== undefined && <Age at={status.startTime} />}</Fact>
        <Fact label={messages.nominatedNode}>{status?.nominatedNodeName}</Fact>
        <Fact label={messages.message}>{status?.message}</Fact>
      </Facts>
      <ContainersPart containers={containersIn(spec, status)} spec={spec} namespace={namespace} events={events} usage={usage} />
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

export const podSummary = defineSummary('Pod', PodSummary);
