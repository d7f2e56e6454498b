import { useDock } from '../dock/use-dock.tsx';
import type { ActionFormProps } from '../object-actions/object-action.ts';
import { ForwardForm } from './forward-form.tsx';
import { forwardsTab, ofNoCluster } from './forwards-tab.ts';

/** The form for an object that somebody points at. Once its ports listen, the forwards open in the dock. */
export function ForwardObjectForm({ targets: [target], onCancel }: ActionFormProps) {
  const dock = useDock();
  if (target === undefined) return null;
  return <ForwardForm object={target.object} onStarted={() => dock.open(forwardsTab, {}, ofNoCluster)} onClose={onCancel} />;
}
