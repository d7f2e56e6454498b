import { getRouteApi } from '@tanstack/react-router';
import { PanelBottomOpen } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useDock } from '../dock/use-dock.tsx';
import { searchOf, subjectOf } from './log-search.ts';
import type { LogSubject } from './log-subject.ts';
import { subjectName } from './log-subject-name.ts';
import { LogView } from './log-view.tsx';
import { logsTab } from './logs-tab.ts';

const route = getRouteApi('/cluster/logs');

/** A log on a page of its own: its address says all of it. */
export function LogsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const messages = useMessages();
  const dock = useDock();
  const cluster = useClusters().selected?.id ?? '';
  const subject = useMemo(() => subjectOf(search), [search]);
  const change = useCallback(
    (next: LogSubject) =>
      void navigate({ search: ({ cluster: inCluster, ns, open, section }) => ({ cluster: inCluster, ns, open, section, ...searchOf(next) }), replace: true }),
    [navigate],
  );
  if (subject === null) return <Empty title={messages.logs.empty.noTarget}>{messages.logs.empty.noTargetHint}</Empty>;
  const label = messages.logs.openDock;
  return (
    <LogView
      key={`${cluster} ${search.of}`}
      subject={subject}
      cluster={cluster}
      page
      takesFocus
      onChange={change}
      lead={<h1 className="mr-2 min-w-0 truncate font-semibold text-md">{messages.logs.label(subjectName(subject, messages))}</h1>}
      places={
        <Button look="icon" aria-label={label} title={label} onClick={() => dock.open(logsTab, subject)}>
          <PanelBottomOpen />
        </Button>
      }
    />
  );
}
