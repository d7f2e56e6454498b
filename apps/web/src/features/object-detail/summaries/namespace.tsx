import { type KindTypes, resourceRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { useClusterScope } from '../../clusters/clusters.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function NamespaceSummary({ object: { spec, status, metadata } }: SummaryProps<KindTypes['Namespace']>) {
  const messages = useMessages().objectSummary;
  return (
    <>
      <Facts>
        <Fact label={messages.phase}>
          <StatusMark state={status?.phase === 'Active' ? 'healthy' : 'pending'} text={status?.phase ?? ''} />
        </Fact>
        <Fact label={messages.finalizers}>{(spec?.finalizers ?? []).join(', ')}</Fact>
      </Facts>
      <Bounds kind="ResourceQuota" title={messages.quotas} namespace={metadata.name} />
      <Bounds kind="LimitRange" title={messages.limitRanges} namespace={metadata.name} />
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

/** What bounds what can be made in the namespace. */
function Bounds({ kind, title, namespace }: { kind: 'ResourceQuota' | 'LimitRange'; title: string; namespace: string }) {
  const { api } = useServices();
  const scope = useClusterScope();
  const { data } = useQuery({
    queryKey: ['bounds', scope.cluster, kind, namespace],
    queryFn: ({ signal }) => api.call(resourceRoutes.listResources, { ...scope, kind, namespace }, { signal }),
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {data.items.map(({ uid, object, state }) => (
          <li key={uid}>
            <ObjectChip object={object} state={state} bare />
          </li>
        ))}
      </ul>
    </Part>
  );
}

export const namespaceSummary = defineSummary('Namespace', NamespaceSummary);
