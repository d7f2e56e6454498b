import { type HelmObject, type HelmRelease, helmUninstallSchema, refKey } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Part } from '../../ui/part.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import type { HelmOperation } from './helm-operation.ts';
import { noOptions, OperationOptions } from './operation-options.tsx';
import { useReleaseObjects } from './use-helm.ts';

interface UninstallTaskProps {
  release: HelmRelease;
  onConfirm(operation: HelmOperation): void;
}

/** What goes, what stays because the chart says so, and what is not there any more. */
export function UninstallTask({ release: { namespace, name }, onConfirm }: UninstallTaskProps) {
  const messages = useMessages().helm;
  const objects = useReleaseObjects({ namespace, name });
  const [options, setOptions] = useState({ ...noOptions, keepHistory: false });
  const all = objects.data ?? [];
  const gone = all.filter(({ state }) => state === 'missing');
  const stays = all.filter(({ state, kept }) => kept && state !== 'missing');
  const removed = all.filter(({ state, kept }) => !kept && state !== 'missing');
  if (objects.error !== null && objects.data === undefined)
    return <ErrorNotice what={messages.notPreviewed} error={objects.error} onRetry={() => objects.refetch()} />;
  if (objects.data === undefined) return <SkeletonLines widths={['50%', '64%', '58%', '40%']} />;
  const holdsData = removed.some(({ object }) => object.kind === 'PersistentVolumeClaim');
  return (
    <>
      <p>
        {messages.uninstallWill(removed.length)} {stays.length > 0 && messages.uninstallStays(stays.length)}
      </p>
      {holdsData && <StatusMark state="high" text={messages.uninstallData} />}
      <ObjectNames title={messages.removes} entries={removed} />
      <ObjectNames title={messages.stays} entries={stays} />
      <ObjectNames title={messages.gone} entries={gone} />
      <OperationOptions options={options} offered={['wait', 'keepHistory']} onChange={(next) => setOptions(next)} />
      <Button
        look="danger"
        className="self-start"
        onClick={() => onConfirm({ do: 'uninstall', input: helmUninstallSchema.parse({ namespace, name, ...options }) })}
      >
        {messages.confirm.uninstall(name, removed.length)}
      </Button>
    </>
  );
}

function ObjectNames({ title, entries }: { title: string; entries: readonly HelmObject[] }) {
  if (entries.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="flex flex-col gap-0.5">
        {entries.map(({ object, health }) => (
          <li key={refKey(object)} className="flex min-w-0">
            <ObjectChip object={object} exists={false} withNamespace {...(health === null ? {} : { state: health.state, stateText: health.text })} />
          </li>
        ))}
      </ul>
    </Part>
  );
}
