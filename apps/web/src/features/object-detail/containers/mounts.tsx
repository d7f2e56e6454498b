import { type ObjectRef, refTo } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { Fact } from '../parts/facts.tsx';
import type { Container, PodSpec } from './container-states.ts';

export type Volume = NonNullable<PodSpec['volumes']>[number];

/** Pure. The objects that a volume is made of; none for what the node or the pod itself gives. */
export function objectsOfVolume(volume: Volume, namespace: string | null): ObjectRef[] {
  const named = (kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim', name: string | undefined) =>
    name === undefined ? [] : [refTo(kind, namespace, name)];
  return [
    ...named('ConfigMap', volume.configMap?.name),
    ...named('Secret', volume.secret?.secretName),
    ...named('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName),
    ...(volume.projected?.sources ?? []).flatMap(({ configMap, secret }) => [...named('ConfigMap', configMap?.name), ...named('Secret', secret?.name)]),
  ];
}

/** Pure. What sort of volume it is, as the API calls it. */
export function sortOfVolume(volume: Volume): string {
  if (volume.hostPath !== undefined) return `hostPath ${volume.hostPath.path}`;
  if (volume.nfs !== undefined) return `nfs ${volume.nfs.server}:${volume.nfs.path}`;
  if (volume.csi !== undefined) return `csi ${volume.csi.driver}`;
  return Object.keys(volume).find((key) => key !== 'name') ?? '';
}

export function MountsFact({
  container: { volumeMounts = [] },
  volumes,
  namespace,
}: {
  container: Container;
  volumes: readonly Volume[];
  namespace: string | null;
}) {
  const messages = useMessages().objectSummary;
  const told = volumeMounts.filter(({ mountPath }) => mountPath !== '/var/run/secrets/kubernetes.io/serviceaccount');
  if (told.length === 0) return null;
  return (
    <Fact label={messages.mounts}>
      <ul className="flex flex-col gap-0.5">
        {told.map(({ mountPath, name, readOnly, subPath }) => {
          const volume = volumes.find((each) => each.name === name);
          const objects = volume === undefined ? [] : objectsOfVolume(volume, namespace);
          return (
            <li key={mountPath} className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
              <span className="break-all font-mono text-code">{mountPath}</span>
              {objects.length === 0 && <span className="text-soft text-xs">{volume === undefined ? name : sortOfVolume(volume)}</span>}
              {objects.map((object) => (
                <ObjectChip key={`${object.kind} ${object.name}`} object={object} />
              ))}
              {subPath !== undefined && <span className="font-mono text-code text-soft">{subPath}</span>}
              {readOnly === true && <span className="text-soft text-xs">{messages.readOnly}</span>}
            </li>
          );
        })}
      </ul>
    </Fact>
  );
}
