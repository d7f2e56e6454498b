import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice } from '../../ui/field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useDock } from '../dock/use-dock.tsx';
import { FormDialog } from '../object-actions/form-dialog.tsx';
import type { ActionFormProps } from '../object-actions/object-action.ts';
import { DebugFields } from './debug-fields.tsx';
import { targetsOf } from './debug-here.tsx';
import { usePodFacts } from './pod-facts.ts';
import { shellTab } from './shell-tab.ts';
import { useDebugChoice, useDebugPod } from './use-debug.ts';

/** A debug container for one pod; when it runs, its terminal opens in the dock. */
export function DebugPodForm({ targets: [target], onCancel }: ActionFormProps) {
  const messages = useMessages().shells;
  const dock = useDock();
  const cluster = useClusterScope().cluster ?? '';
  const place = { namespace: target?.object.namespace ?? '', pod: target?.object.name ?? '' };
  const facts = usePodFacts({ cluster, ...place });
  const { images, choice, setChoice } = useDebugChoice(cluster, facts.data?.node ?? null);
  const [picked, setTarget] = useState<string | null>(null);
  const debug = useDebugPod(cluster, place, (added) => {
    dock.open(shellTab, { mode: 'attach', ...added }, cluster);
    onCancel();
  });
  const names = facts.data == null ? [] : targetsOf(facts.data);
  const inspected = picked ?? names[0] ?? '';
  return (
    <FormDialog
      title={messages.debugTitle(place.pod)}
      submit={debug.isPending ? messages.starting : messages.startDebug}
      ready={!debug.isPending && choice.image !== '' && inspected !== ''}
      onSubmit={() => debug.mutate({ ...choice, target: inspected })}
      onCancel={onCancel}
    >
      {facts.error !== null && <ErrorNotice what={messages.podNotRead} error={facts.error} onRetry={() => facts.refetch()} />}
      {facts.isPending && <SkeletonLines widths={['40%', '70%', '50%']} />}
      {facts.data != null && (
        <>
          <DebugFields choice={choice} images={images} nameOf={(profile) => `${profile}: ${messages.profiles[profile]}`} onChange={setChoice} />
          <Choice
            label={messages.target}
            value={inspected}
            options={names.map((value) => ({ value, label: value }))}
            onChange={(event) => setTarget(event.target.value)}
          />
          <p className="text-soft text-xs">{messages.debugStays}</p>
        </>
      )}
      {debug.error !== null && <ErrorNotice what={messages.notStarted} error={debug.error} />}
    </FormDialog>
  );
}
