import type { HelmRelease } from '@quarterdeck/contract';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age, Moment } from '../../ui/time.tsx';
import { ReleaseStatus } from './release-status.tsx';

/** What Helm says of a release, without its content. */
export function ReleaseFacts({ release }: { release: HelmRelease }) {
  const messages = useMessages().helm;
  const { facts } = messages;
  const { chart, revision, status, updatedAt, firstDeployedAt, storage, description } = release;
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4 gap-y-2">
        <Fact name={facts.status}>
          <ReleaseStatus status={status} />
        </Fact>
        <Fact name={facts.chart}>
          {chart.name} {chart.version} {chart.deprecated && <StatusMark state="medium" text={messages.deprecated} />}
        </Fact>
        {chart.appVersion !== null && <Fact name={messages.columns.app}>{chart.appVersion}</Fact>}
        <Fact name={facts.revision}>{revision}</Fact>
        {updatedAt !== null && (
          <Fact name={facts.updated}>
            <Age at={updatedAt} />
          </Fact>
        )}
        {firstDeployedAt !== null && (
          <Fact name={facts.firstDeployed}>
            <Moment at={firstDeployedAt} />
          </Fact>
        )}
        {storage === 'ConfigMap' && <Fact name={facts.storage}>ConfigMap</Fact>}
      </dl>
      {description !== null && description !== '' && <p className="break-words text-soft">{description}</p>}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-soft text-xs">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
