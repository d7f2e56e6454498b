import { Cable } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { DockBarButton } from '../dock/dock-bar-item.tsx';
import { useDock } from '../dock/use-dock.tsx';
import { useMay } from '../session/session.tsx';
import { isTroubled } from './forward-words.ts';
import { forwardsTab, ofNoCluster } from './forwards-tab.ts';
import { useForwards } from './use-forwards.ts';

/** How many forwards run, on every page; nothing while none does. */
export function ForwardsCount() {
  const messages = useMessages().forwards;
  const dock = useDock();
  const { state } = useForwards(useMay('pod.portForward'));
  const running = state?.filter(({ stats }) => stats.state !== 'stopped') ?? [];
  if (running.length === 0) return null;
  const troubled = running.filter(isTroubled).length;
  return (
    <DockBarButton
      icon={Cable}
      label={messages.running(running.length, troubled)}
      count={running.length}
      troubled={troubled > 0}
      onClick={() => dock.open(forwardsTab, {}, ofNoCluster)}
    />
  );
}
