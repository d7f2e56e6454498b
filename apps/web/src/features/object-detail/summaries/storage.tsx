import { type KindTypes, parseQuantity, refTo } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { formatBytes } from '../../../text/bytes.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { useLatestMetric } from '../../metrics/use-metrics-history.ts';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { sortOfVolume } from '../containers/mounts.tsx';
import { UseBar } from '../containers/resources.tsx';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { Entries } from '../parts/label-list.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function ClaimSummary({ object: { spec, status, metadata } }: SummaryProps<KindTypes['PersistentVolumeClaim']>) {
  const messages = useMessages().objectSummary;
  const { namespace = '', name } = metadata;
  const used = useLatestMetric({ kind: 'claim', namespace, name }, 'storage');
  const capacity = parseQuantity(status?.capacity?.storage);
  return (
    <>
      <Facts>
        <Fact label={messages.phase}>
          <StatusMark state={status?.phase === 'Bound' ? 'healthy' : status?.phase === 'Lost' ? 'critical' : 'pending'} text={status?.phase ?? ''} />
        </Fact>
        <Fact label={messages.volume}>{spec?.volumeName !== undefined && <ObjectChip object={refTo('PersistentVolume', null, spec.volumeName)} bare />}</Fact>
        <Fact label={messages.class}>
          {spec?.storageClassName !== undefined && spec.storageClassName !== '' && (
            <ObjectChip object={refTo('StorageClass', null, spec.storageClassName)} bare />
          )}
        </Fact>
        <Fact label={messages.asked}>{spec?.resources?.requests?.storage}</Fact>
        <Fact label={messages.capacity}>{status?.capacity?.storage}</Fact>
        <Fact label={messages.inUse}>
          {used !== null && (
            <>
              {formatBytes(used)}
              {capacity !== null && capacity > 0 && <UseBar part={used / capacity} label={messages.used(name, Math.round((used / capacity) * 100))} />}
            </>
          )}
        </Fact>
        <Fact label={messages.accessModes}>{(spec?.accessModes ?? []).join(', ')}</Fact>
        <Fact label={messages.volumeMode}>{spec?.volumeMode}</Fact>
      </Facts>
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

function VolumeSummary({ object: { spec, status } }: SummaryProps<KindTypes['PersistentVolume']>) {
  const messages = useMessages().objectSummary;
  const claim = spec?.claimRef;
  const source = Object.fromEntries(Object.entries(spec ?? {}).filter(([name, value]) => sources.has(name) && value !== undefined));
  return (
    <Facts>
      <Fact label={messages.phase}>
        <StatusMark state={status?.phase === 'Failed' ? 'critical' : status?.phase === 'Released' ? 'medium' : 'healthy'} text={status?.phase ?? ''} />
      </Fact>
      <Fact label={messages.claim}>
        {claim?.name !== undefined && <ObjectChip object={refTo('PersistentVolumeClaim', claim.namespace ?? null, claim.name)} bare withNamespace />}
      </Fact>
      <Fact label={messages.class}>
        {spec?.storageClassName !== undefined && spec.storageClassName !== '' && (
          <ObjectChip object={refTo('StorageClass', null, spec.storageClassName)} bare />
        )}
      </Fact>
      <Fact label={messages.capacity}>{spec?.capacity?.storage}</Fact>
      <Fact label={messages.reclaim}>{spec?.persistentVolumeReclaimPolicy}</Fact>
      <Fact label={messages.accessModes}>{(spec?.accessModes ?? []).join(', ')}</Fact>
      <Fact label={messages.source}>{sortOfVolume({ name: '', ...source })}</Fact>
      <Fact label={messages.message}>{status?.message}</Fact>
    </Facts>
  );
}

const sources = new Set([
  'hostPath',
  'nfs',
  'csi',
  'local',
  'iscsi',
  'fc',
  'awsElasticBlockStore',
  'gcePersistentDisk',
  'azureDisk',
  'azureFile',
  'cephfs',
  'rbd',
]);

function StorageClassSummary({ object }: SummaryProps<KindTypes['StorageClass']>) {
  const messages = useMessages().objectSummary;
  const isDefault = object.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
  return (
    <>
      <Facts>
        <Fact label={messages.provisioner}>{object.provisioner}</Fact>
        <Fact label={messages.isDefault}>{isDefault ? messages.yes : messages.no}</Fact>
        <Fact label={messages.binding}>{object.volumeBindingMode}</Fact>
        <Fact label={messages.reclaim}>{object.reclaimPolicy}</Fact>
        <Fact label={messages.expansion}>{object.allowVolumeExpansion === true ? messages.yes : messages.no}</Fact>
        <Fact label={messages.mountOptions}>{(object.mountOptions ?? []).join(', ')}</Fact>
      </Facts>
      <Entries title={messages.parameters} entries={object.parameters ?? {}} />
    </>
  );
}

export const claimSummary = defineSummary('PersistentVolumeClaim', ClaimSummary);
export const volumeSummary = defineSummary('PersistentVolume', VolumeSummary);
export const storageClassSummary = defineSummary('StorageClass', StorageClassSummary);
