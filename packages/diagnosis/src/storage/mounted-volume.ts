import type { Container, PodSpec, Volume, VolumeMount } from 'kubernetes-types/core/v1.js';

/** A volume as a container sees it at a path. */
export interface MountedVolume {
  volume: Volume;
  mount: VolumeMount;
  /** Of the mount within the container's `volumeMounts`. */
  index: number;
}

/** The volume that a path inside a container lies on: the deepest mount wins; null for the container's own file system. */
export function volumeAt(spec: PodSpec, container: Container, path: string): MountedVolume | null {
  const mounts = mountedVolumes(spec, container).filter(({ mount }) => liesUnder(path, mount.mountPath));
  return mounts.toSorted((a, b) => b.mount.mountPath.length - a.mount.mountPath.length)[0] ?? null;
}

export function mountedVolumes(spec: PodSpec, container: Container): MountedVolume[] {
  return (container.volumeMounts ?? []).flatMap((mount, index) => {
    const volume = spec.volumes?.find(({ name }) => name === mount.name);
    return volume === undefined ? [] : [{ volume, mount, index }];
  });
}

function liesUnder(path: string, mountPath: string): boolean {
  const directory = mountPath.replace(/\/$/, '');
  return path === directory || path === mountPath || path.startsWith(`${directory}/`);
}

/** The claim behind a volume of a pod; generic ephemeral volumes have one that is named after both. */
export function claimNameOf(volume: Volume, pod: string): string | null {
  if (volume.ephemeral !== undefined) return `${pod}-${volume.name}`;
  return volume.persistentVolumeClaim?.claimName ?? null;
}

/** `ConfigMap app-config`, `emptyDir cache`, `hostPath /var/lib/x`: what a volume is made of, in words. */
export function volumeLabel(volume: Volume): string {
  if (volume.persistentVolumeClaim !== undefined) return `PersistentVolumeClaim ${volume.persistentVolumeClaim.claimName}`;
  if (volume.configMap !== undefined) return `ConfigMap ${volume.configMap.name}`;
  if (volume.secret !== undefined) return `Secret ${volume.secret.secretName}`;
  if (volume.hostPath !== undefined) return `hostPath ${volume.hostPath.path}`;
  if (volume.emptyDir !== undefined) return `emptyDir ${volume.name}`;
  return `volume ${volume.name}`;
}
