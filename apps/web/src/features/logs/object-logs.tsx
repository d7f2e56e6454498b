import { Link } from '@tanstack/react-router';
import { ExternalLink, PanelBottomOpen } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useDock } from '../dock/use-dock.tsx';
import type { ObjectSectionProps } from '../object-detail/object-section.ts';
import { searchOf } from './log-search.ts';
import { logSubject } from './log-subject.ts';
import { logTarget } from './log-target.ts';
import { LogView } from './log-view.tsx';
import { logsTab } from './logs-tab.ts';

/** The log as a part of an object's detail. */
export default function ObjectLogs({ object }: ObjectSectionProps) {
  const messages = useMessages().logs;
  const dock = useDock();
  const cluster = useClusters().selected?.id ?? '';
  const [subject, setSubject] = useState(() => logSubject([logTarget(object)]));
  return (
    <LogView
      subject={subject}
      cluster={cluster}
      onChange={setSubject}
      places={
        <>
          <Button look="icon" aria-label={messages.openDock} title={messages.openDock} onClick={() => dock.open(logsTab, subject)}>
            <PanelBottomOpen />
          </Button>
          <Link to="/logs" search={searchOf(subject)} aria-label={messages.openPage} title={messages.openPage} className={buttonStyles.icon}>
            <ExternalLink />
          </Link>
        </>
      }
    />
  );
}
