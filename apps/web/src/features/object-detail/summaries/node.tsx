import { type KindTypes, type NodeUsage, parseQuantity, refOf } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { Part } from '../../../ui/part.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { formatCores } from '../../metrics/format-metric.ts';
import { useMetricsNow } from '../../metrics/use-metrics-now.ts';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts, Mono } from '../parts/facts.tsx';
import { useRelations } from '../relations/use-relations.ts';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

type Node = KindTypes['Node'];

function NodeSummary({ object: node }: SummaryProps<Node>) {
  const messages = useMessages().objectSummary;
  const { spec, status, metadata } = node;
  const info = status?.nodeInfo;
  const roles = Object.keys(metadata.labels ?? {}).flatMap((label) => /^node-role\.kubernetes\.io\/(.+)$/.exec(label)?.[1] ?? []);
  return (
    <>
      <Facts>
        <Fact label={messages.scheduling}>
          {spec?.unschedulable === true ? <StatusMark state="paused" text={messages.cordoned} /> : <StatusMark state="healthy" text={messages.schedulable} />}
        </Fact>
        <Fact label={messages.nodeRoles}>{roles.join(', ')}</Fact>
        <Fact label={messages.kubelet}>{info?.kubeletVersion}</Fact>
        <Fact label={messages.runtime}>{info?.containerRuntimeVersion}</Fact>
        <Fact label={messages.system}>{info !== undefined && `${info.osImage} · ${info.kernelVersion} · ${info.architecture}`}</Fact>
        <Fact label={messages.podCidr}>
          <Mono>{(spec?.podCIDRs ?? []).join(', ')}</Mono>
        </Fact>
        {(status?.addresses ?? []).map(({ type, address }) => (
          <Fact key={`${type} ${address}`} label={type}>
            <Mono>{address}</Mono>
          </Fact>
        ))}
        <Fact label={messages.provider}>{spec?.providerID}</Fact>
        <Fact label={messages.pods}>
          <PodsLink node={node} />
        </Fact>
      </Facts>
      <CapacityPart node={node} />
      <TaintsPart taints={spec?.taints ?? []} />
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

function PodsLink({ node }: { node: Node }) {
  const messages = useMessages().objectSummary;
  const { relations } = useRelations(refOf(node));
  const pods = relations?.neighbours.filter(({ type, direction }) => type === 'runsOn' && direction === 'in').length ?? 0;
  const count = relations === null ? null : pods + relations.leftOut;
  return (
    <Link
      to="/resources/$kind"
      params={{ kind: 'pods' }}
      search={{ q: `node=${node.metadata.name}`, ns: undefined }}
      className="rounded-sm hover:text-accent hover:underline"
    >
      {count === null ? messages.pods : messages.podsCount(count)}
    </Link>
  );
}

/** What the node has, what pods may have of it, what they asked for and what is used. */
function CapacityPart({ node }: { node: Node }) {
  const messages = useMessages().objectSummary;
  const now = useMetricsNow({ of: 'nodes', namespace: null });
  const usage = now?.state === 'available' ? now.nodes.find(({ name }) => name === node.metadata.name) : undefined;
  const { capacity = {}, allocatable = {} } = node.status ?? {};
  const { resource, total, forPods, requested, used } = messages.capacityColumns;
  const names = Object.keys(capacity).filter((name) => !(name.startsWith('hugepages-') && parseQuantity(capacity[name]) === 0));
  return (
    <Part title={messages.capacity}>
      <PlainTable
        label={messages.capacity}
        head={[resource, total, forPods, requested, used]}
        numbersFrom={1}
        rows={names.map((name) => ({
          key: name,
          cells: [name, amount(name, parseQuantity(capacity[name])), amount(name, parseQuantity(allocatable[name])), ...ofUsage(name, usage)],
        }))}
      />
      {now?.state === 'unavailable' && <p className="mt-1 text-soft text-xs">{now.reason}</p>}
    </Part>
  );
}

function ofUsage(name: string, usage: NodeUsage | undefined): string[] {
  if (usage === undefined || (name !== 'cpu' && name !== 'memory')) return ['', ''];
  return [amount(name, usage.requested[name]), amount(name, usage[name])];
}

function amount(name: string, value: number | null): string {
  if (value === null) return '';
  if (name === 'cpu') return formatCores(value);
  return name === 'memory' || name.includes('storage') || name.startsWith('hugepages') ? formatBytes(value) : String(value);
}

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

function TaintsPart({ taints }: { taints: readonly Taint[] }) {
  const messages = useMessages().objectSummary;
  if (taints.length === 0) return null;
  return (
    <Part title={messages.taints}>
      <ul className="flex flex-col gap-0.5">
        {taints.map(({ key, value, effect }) => (
          <li key={`${key} ${effect}`} className="break-all font-mono text-code">
            {key}
            {value === undefined || value === '' ? '' : `=${value}`}:{effect}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export const nodeSummary = defineSummary('Node', NodeSummary);
