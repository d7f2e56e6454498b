import { type KindTypes, refOf } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts, Mono } from '../parts/facts.tsx';
import { ObjectChips } from '../parts/object-chips.tsx';
import { SelectorLink } from '../parts/selector-link.tsx';
import { useRelations } from '../relations/use-relations.ts';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function ServiceSummary({ object }: SummaryProps<KindTypes['Service']>) {
  const messages = useMessages().objectSummary;
  const { spec, status, metadata } = object;
  const addresses = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []);
  return (
    <>
      <Facts>
        <Fact label={messages.type}>{spec?.type}</Fact>
        <Fact label={messages.clusterIp}>
          <Mono>{(spec?.clusterIPs ?? [spec?.clusterIP]).join(', ')}</Mono>
        </Fact>
        <Fact label={messages.externalName}>{spec?.externalName}</Fact>
        <Fact label={messages.externalIps}>{[...addresses, ...(spec?.externalIPs ?? [])].join(', ')}</Fact>
        <Fact label={messages.selector}>
          {spec?.selector !== undefined && <SelectorLink selector={{ matchLabels: spec.selector }} namespace={metadata.namespace} />}
        </Fact>
        <Fact label={messages.sessionAffinity}>{spec?.sessionAffinity !== 'None' && spec?.sessionAffinity}</Fact>
        <Fact label={messages.trafficPolicy}>{spec?.externalTrafficPolicy}</Fact>
        <Fact label={messages.publishNotReady}>{spec?.publishNotReadyAddresses === true && messages.yes}</Fact>
      </Facts>
      <PortsPart ports={spec?.ports ?? []} />
      <SelectedPods service={object} />
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

type Port = NonNullable<NonNullable<KindTypes['Service']['spec']>['ports']>[number];

function PortsPart({ ports }: { ports: readonly Port[] }) {
  const messages = useMessages().objectSummary;
  if (ports.length === 0) return null;
  const { name, port, target, nodePort, protocol } = messages.portColumns;
  return (
    <Part title={messages.ports}>
      <PlainTable
        label={messages.ports}
        head={[name, port, target, nodePort, protocol]}
        rows={ports.map((each) => ({
          key: `${each.name} ${each.port} ${each.protocol}`,
          cells: [each.name ?? '', each.port, String(each.targetPort ?? each.port), each.nodePort ?? '', each.appProtocol ?? each.protocol ?? 'TCP'],
        }))}
      />
    </Part>
  );
}

/** Who answers: the pods that its selector picks. */
function SelectedPods({ service }: { service: KindTypes['Service'] }) {
  const messages = useMessages().objectSummary;
  const { relations } = useRelations(refOf(service));
  if (relations === null || service.spec?.selector === undefined) return null;
  const pods = relations.neighbours.filter(({ type, direction, object }) => type === 'selects' && direction === 'out' && object.kind === 'Pod');
  const ready = pods.filter(({ state }) => state === 'healthy').length;
  return (
    <Part title={messages.endpoints}>
      <p className="mb-1">
        <StatusMark state={ready === 0 ? 'critical' : ready < pods.length ? 'medium' : 'healthy'} text={messages.endpointCounts(ready, pods.length)} />
      </p>
      <ObjectChips objects={pods} bare />
    </Part>
  );
}

export const serviceSummary = defineSummary('Service', ServiceSummary);
