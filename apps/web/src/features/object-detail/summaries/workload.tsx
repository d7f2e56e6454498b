import { type KindTypes, type KubeObject, refOf } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { containersIn, type PodSpec } from '../containers/container-states.ts';
import { ContainersPart } from '../containers/containers-part.tsx';
import { type Condition, ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { ObjectChips } from '../parts/object-chips.tsx';
import { SelectorLink } from '../parts/selector-link.tsx';
import { useRelations } from '../relations/use-relations.ts';
import { useEventsAbout } from '../sections/use-events.ts';
import { defineSummary, type SummaryProps } from './kind-summary.ts';
import { type Counts, rolloutStanding } from './rollout-standing.ts';

interface WorkloadProps {
  object: KubeObject;
  counts: Counts;
  strategy?: string;
  paused?: boolean;
  spec: { selector?: Parameters<typeof SelectorLink>[0]['selector']; template?: { spec?: PodSpec } } | undefined;
  conditions: readonly Condition[] | undefined;
  extra?: readonly { label: string; value: string | undefined }[];
}

/** What Deployments, StatefulSets, DaemonSets and ReplicaSets have in common. */
function WorkloadSummary({ object, counts, strategy, paused = false, spec, conditions, extra = [] }: WorkloadProps) {
  const selector = spec?.selector;
  const template = spec?.template?.spec;
  const messages = useMessages().objectSummary;
  const namespace = object.metadata.namespace ?? null;
  const pods = (useRelations(refOf(object)).relations?.owned ?? []).filter((owned) => owned.object.kind === 'Pod');
  const events = useEventsAbout(
    pods.map((pod) => pod.object),
    namespace,
  ).events;
  const standing = rolloutStanding(counts, paused);
  return (
    <>
      <Facts>
        <Fact label={messages.rollout}>
          <StatusMark state={standing.state} text={messages.standings[standing.is](standing)} />
          <RolloutBar counts={counts} label={messages.standings[standing.is](standing)} />
        </Fact>
        <Fact label={messages.replicas}>{messages.replicaCounts(counts)}</Fact>
        <Fact label={messages.strategy}>{strategy}</Fact>
        <Fact label={messages.revision}>{object.metadata.annotations?.['deployment.kubernetes.io/revision']}</Fact>
        {extra.map(({ label, value }) => (
          <Fact key={label} label={label}>
            {value}
          </Fact>
        ))}
        <Fact label={messages.selector}>{selector !== undefined && <SelectorLink selector={selector} namespace={object.metadata.namespace} />}</Fact>
      </Facts>
      {pods.length > 0 && (
        <Part title={messages.podsCount(pods.length)}>
          <ObjectChips objects={pods} bare />
        </Part>
      )}
      <ContainersPart
        containers={containersIn(template)}
        spec={template}
        namespace={namespace}
        events={pods.length === 0 ? [] : (events?.groups ?? [])}
        usage={[]}
      />
      <ConditionsPart conditions={conditions} />
    </>
  );
}

/** Ready, then new and not ready, then what is still to come. */
function RolloutBar({ counts: { desired, updated, ready }, label }: { counts: Counts; label: string }) {
  if (desired === 0) return null;
  const part = (count: number) => Math.min(100, (count / desired) * 100);
  return (
    <svg viewBox="0 0 100 3" preserveAspectRatio="none" role="img" aria-label={label} className="mt-1 block h-1 w-full max-w-60 overflow-hidden rounded">
      <rect width="100" height="3" className="fill-line" />
      <rect width={part(Math.max(updated, ready))} height="3" className="fill-pending" />
      <rect width={part(Math.min(updated, ready))} height="3" className="fill-healthy" />
    </svg>
  );
}

/** Whether the controller has looked at what is asked now. */
function isSeen({ metadata, status }: { metadata: { generation?: number }; status?: { observedGeneration?: number } }): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
}

function DeploymentSummary({ object }: SummaryProps<KindTypes['Deployment']>) {
  const messages = useMessages().objectSummary;
  const { spec, status } = object;
  const counts = {
    desired: spec?.replicas ?? 1,
    updated: status?.updatedReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    seen: isSeen(object),
    stuck: status?.conditions?.some(({ reason }) => reason === 'ProgressDeadlineExceeded') ?? false,
  };
  const { maxSurge, maxUnavailable } = spec?.strategy?.rollingUpdate ?? {};
  const rolling = maxSurge === undefined ? '' : ` (+${maxSurge}, −${maxUnavailable ?? 0})`;
  return (
    <WorkloadSummary
      object={object}
      counts={counts}
      strategy={`${spec?.strategy?.type ?? 'RollingUpdate'}${rolling}`}
      paused={spec?.paused === true}
      spec={spec}
      conditions={status?.conditions}
      extra={[{ label: messages.deadline, value: spec?.progressDeadlineSeconds === undefined ? undefined : `${spec.progressDeadlineSeconds}s` }]}
    />
  );
}

function StatefulSetSummary({ object }: SummaryProps<KindTypes['StatefulSet']>) {
  const messages = useMessages().objectSummary;
  const { spec, status } = object;
  const counts = {
    desired: spec?.replicas ?? 1,
    updated: status?.updatedReplicas ?? (status?.updateRevision === status?.currentRevision ? (status?.replicas ?? 0) : 0),
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    seen: isSeen(object),
    stuck: false,
  };
  const claims = (spec?.volumeClaimTemplates ?? []).map((claim) => `${claim.metadata?.name} ${claim.spec?.resources?.requests?.storage ?? ''}`);
  return (
    <WorkloadSummary
      object={object}
      counts={counts}
      strategy={spec?.updateStrategy?.type ?? 'RollingUpdate'}
      spec={spec}
      conditions={status?.conditions}
      extra={[
        { label: messages.service, value: spec?.serviceName },
        { label: messages.podManagement, value: spec?.podManagementPolicy },
        { label: messages.claims, value: claims.join(', ') },
      ]}
    />
  );
}

function DaemonSetSummary({ object }: SummaryProps<KindTypes['DaemonSet']>) {
  const { spec, status } = object;
  const counts = {
    desired: status?.desiredNumberScheduled ?? 0,
    updated: status?.updatedNumberScheduled ?? 0,
    ready: status?.numberReady ?? 0,
    available: status?.numberAvailable ?? 0,
    seen: isSeen(object),
    stuck: false,
  };
  return (
    <WorkloadSummary object={object} counts={counts} strategy={spec?.updateStrategy?.type ?? 'RollingUpdate'} spec={spec} conditions={status?.conditions} />
  );
}

function ReplicaSetSummary({ object }: SummaryProps<KindTypes['ReplicaSet']>) {
  const { spec, status } = object;
  const counts = {
    desired: spec?.replicas ?? 1,
    updated: status?.replicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    seen: isSeen(object),
    stuck: false,
  };
  return <WorkloadSummary object={object} counts={counts} spec={spec} conditions={status?.conditions} />;
}

export const deploymentSummary = defineSummary('Deployment', DeploymentSummary);
export const statefulSetSummary = defineSummary('StatefulSet', StatefulSetSummary);
export const daemonSetSummary = defineSummary('DaemonSet', DaemonSetSummary);
export const replicaSetSummary = defineSummary('ReplicaSet', ReplicaSetSummary);
