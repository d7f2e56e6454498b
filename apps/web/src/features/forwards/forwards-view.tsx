import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useMay } from '../session/session.tsx';
import { isLoopback } from './forward-address.ts';
import { ForwardForm } from './forward-form.tsx';
import { ForwardRow } from './forward-row.tsx';
import { useForwards, useTraffic } from './use-forwards.ts';

interface ForwardsViewProps {
  /** The forward whose details are open; null for none. */
  openId: string | null;
  onOpen(id: string | null): void;
}

/** All forwards of the workbench, in the dock and on their page. */
export function ForwardsView({ openId, onOpen }: ForwardsViewProps) {
  const messages = useMessages().forwards;
  const may = useMay('pod.portForward');
  const { state: forwards, error, retry } = useForwards(may);
  const traffic = useTraffic(forwards);
  const [starting, setStarting] = useState(false);
  if (!may) return <Empty title={messages.mayNot}>{messages.mayNotHint}</Empty>;
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 border-b px-3 py-1">
        <p className="min-w-0 grow basis-64 text-soft text-xs">{isLoopback(location.hostname) ? messages.here : messages.elsewhere(location.hostname)}</p>
        <Button onClick={() => setStarting(true)}>
          <Plus aria-hidden="true" />
          {messages.forward}
        </Button>
      </div>
      {error !== null && (
        <div className="p-3">
          <ErrorNotice what={messages.notListed} error={error} onRetry={retry} />
        </div>
      )}
      {forwards === null && error === null && (
        <div className="p-4">
          <SkeletonLines widths={['45%', '60%', '38%']} />
        </div>
      )}
      {forwards?.length === 0 && <Empty title={messages.none}>{messages.noneHint}</Empty>}
      <ForwardList>
        {forwards?.map((forward) => (
          <ForwardRow
            key={forward.id}
            forward={forward}
            samples={traffic.get(forward.id) ?? []}
            open={forward.id === openId}
            onOpen={(open) => onOpen(open ? forward.id : null)}
          />
        ))}
      </ForwardList>
      {starting && <ForwardForm object={null} onStarted={() => undefined} onClose={() => setStarting(false)} />}
    </div>
  );
}

function ForwardList({ children }: { children: ReactNode }) {
  const messages = useMessages().forwards;
  return <ul aria-label={messages.title}>{children}</ul>;
}
