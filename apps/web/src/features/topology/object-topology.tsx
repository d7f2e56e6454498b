import { refKey, type TopologyNode } from '@quarterdeck/contract';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { ObjectSectionProps } from '../object-detail/object-section.ts';
import { objectKey } from '../objects/object-key.ts';
import { AroundList } from './around-list.tsx';
import { TopologyLimits } from './topology-limits.tsx';
import { TopologyMap } from './topology-map.tsx';
import { useObjectTopology } from './use-topology.ts';

/** The neighbourhood of an object as a map, and as a list under it. */
export function ObjectTopology({ address, object: shown }: ObjectSectionProps) {
  const messages = useMessages().topology;
  const navigate = useNavigate();
  const topology = useObjectTopology(address);
  const own = useMemo(() => new Set([refKey(shown)]), [shown]);
  const onOpen = ({ object, exists }: TopologyNode) => {
    if (exists) void navigate({ to: '.', search: (before) => ({ ...before, open: objectKey(object), section: 'topology' }) });
  };
  if (topology.error !== null && topology.data === undefined) {
    return (
      <div className="p-3">
        <ErrorNotice what={messages.notRead} error={topology.error} onRetry={() => topology.refetch()} />
      </div>
    );
  }
  if (topology.data === undefined) {
    return (
      <div className="p-4">
        <SkeletonLines widths={['48%', '62%', '40%']} />
      </div>
    );
  }
  if (topology.data.nodes.length === 0) return <p className="p-4 text-soft">{messages.around.none}</p>;
  return (
    <div className="flex h-full flex-col pt-2">
      <TopologyLimits topology={topology.data} />
      <TopologyMap drawn={topology.data} found={own} onOpen={onOpen} />
      <AroundList drawn={topology.data} />
    </div>
  );
}
