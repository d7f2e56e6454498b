import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import type { DockPanelProps } from '../dock/dock-tab.ts';
import { searchOf } from './log-search.ts';
import type { LogSubject } from './log-subject.ts';
import { LogView } from './log-view.tsx';

export default function LogsPanel({ subject, cluster, visible, restored, keep }: DockPanelProps<LogSubject>) {
  const label = useMessages().logs.openPage;
  return (
    <LogView
      subject={subject}
      cluster={cluster}
      visible={visible}
      takesFocus={visible && !restored}
      onChange={keep}
      places={
        <Link to="/logs" search={{ ...searchOf(subject), cluster }} aria-label={label} title={label} className={buttonStyles.icon}>
          <ExternalLink />
        </Link>
      }
    />
  );
}
