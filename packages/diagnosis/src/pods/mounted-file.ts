import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { Container, KeyToPath, PodSpec, Volume } from 'kubernetes-types/core/v1.js';

/** The ConfigMap or Secret behind a path inside a container, and the key; the key is null for a directory of several. */
export interface MountedFile {
  object: ObjectRef;
  key: string | null;
  mountPath: string;
}

/** Resolves a path as the program sees it to what is mounted there; null where no ConfigMap or Secret is. */
export function mountedFile(spec: PodSpec, container: Container, path: string, namespace: string | null): MountedFile | null {
  const mounts = (container.volumeMounts ?? []).filter((mount) => path === mount.mountPath || path.startsWith(`${mount.mountPath.replace(/\/$/, '')}/`));
  const mount = mounts.toSorted((a, b) => b.mountPath.length - a.mountPath.length)[0];
  const volume = spec.volumes?.find((candidate) => candidate.name === mount?.name);
  if (mount === undefined || volume === undefined) return null;
  const below = path.slice(mount.mountPath.replace(/\/$/, '').length + 1);
  const inVolume = [mount.subPath, below].filter((part) => part !== undefined && part !== '').join('/');
  const source = sourceOf(volume, inVolume, namespace);
  return source === null ? null : { ...source, mountPath: mount.mountPath };
}

interface Source {
  name: string | undefined;
  kind: 'ConfigMap' | 'Secret';
  items: KeyToPath[] | undefined;
}

function sourceOf(volume: Volume, path: string, namespace: string | null): { object: ObjectRef; key: string | null } | null {
  const sources: Source[] = [];
  if (volume.configMap !== undefined) sources.push({ name: volume.configMap.name, kind: 'ConfigMap', items: volume.configMap.items });
  if (volume.secret !== undefined) sources.push({ name: volume.secret.secretName, kind: 'Secret', items: volume.secret.items });
  for (const projected of volume.projected?.sources ?? []) {
    if (projected.configMap !== undefined) sources.push({ name: projected.configMap.name, kind: 'ConfigMap', items: projected.configMap.items });
    if (projected.secret !== undefined) sources.push({ name: projected.secret.name, kind: 'Secret', items: projected.secret.items });
  }
  const source =
    sources.find((candidate) => candidate.items?.some((item) => item.path === path)) ??
    sources.find((candidate) => candidate.items === undefined) ??
    sources[0];
  if (source?.name === undefined) return null;
  const key = source.items?.find((item) => item.path === path)?.key ?? (path === '' ? null : path);
  return { object: refTo(source.kind, namespace, source.name), key };
}

/** Paths that a container's command and arguments name. */
export function pathsInCommand(container: Container): string[] {
  return [...(container.command ?? []), ...(container.args ?? [])].flatMap((word) =>
    [...word.matchAll(/(?:^|[\s="'])(\/[\w./-]+\w)/g)].map((match) => match[1] ?? ''),
  );
}
