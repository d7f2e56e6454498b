import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BuiltInKind, builtInKinds, groupOf, isKind, type KubeObject, pluralOf, shortNames } from '@quarterdeck/contract';
import type { ClusterAccess } from '../../access/cluster-access.ts';
import { isBuiltInKind, resourceKinds } from '../../discovery/resource-kinds.ts';
import { type BundleContent, type BundleLimits, bundleInvalid, type RecordedLog } from '../bundle-format.ts';
import { RecordedCluster } from '../recorded-cluster.ts';
import { readDumpFiles } from './dump-files.ts';
import { type DumpedList, readList } from './dump-lists.ts';
import { takeLogs } from './dump-logs.ts';
import { latestMoment } from './latest-moment.ts';

interface Dump {
  lists: DumpedList[];
  logs: RecordedLog[];
  /** Seen as folders or as places of objects. */
  namespaces: Set<string>;
}

interface DumpOptions {
  limits: BundleLimits;
  signal: AbortSignal;
}

/**
 * Opens what `kubectl cluster-info dump` wrote: a folder (JSON or YAML) or its printed text (JSON). Time stands still at
 * the last moment that its objects speak of. Whatever a dump does not contain is `unread`.
 */
export async function openDump(path: string, options: DumpOptions): Promise<ClusterAccess> {
  const isFolder = (await stat(path)).isDirectory();
  const dump = isFolder ? await readFolder(path, options) : await readText(path, options);
  const objects = dump.lists.flatMap((list) => list.items);
  if (dump.lists.length === 0) throw bundleInvalid(path, 'there is no list of objects in it, as kubectl cluster-info dump writes them');
  if (objects.length > options.limits.objects) throw bundleInvalid(path, `it has more than ${options.limits.objects} objects`);
  const takenAt = latestMoment(objects) ?? (await stat(path)).mtime.toISOString();
  return new RecordedCluster(basename(path), toContent(basename(path), { ...dump, takenAt }));
}

async function readFolder(path: string, { limits, signal }: DumpOptions): Promise<Dump> {
  const dump: Dump = { lists: [], logs: [], namespaces: new Set() };
  for await (const { place, text } of readDumpFiles(path, limits, signal)) {
    if (place.at(-1) === 'logs.txt') dump.logs.push(...takeLogs(text).logs);
    else dump.lists.push(readList(path, place.join('/'), text, limits));
    if (place.length > 1 && place[0] !== undefined) dump.namespaces.add(place[0]);
  }
  return dump;
}

async function readText(path: string, { limits, signal }: DumpOptions): Promise<Dump> {
  const { size } = await stat(path);
  if (size > limits.inflatedBytes) throw bundleInvalid(path, `the file is larger than ${limits.inflatedBytes / 1024 / 1024} MiB`);
  const { logs, rest } = takeLogs(await readFile(path, { encoding: 'utf8', signal }));
  const documents = rest.join('\n').split(/(?<=^\})\n/m);
  const lists = documents.filter((text) => text.trim() !== '').map((text, index) => readList(path, `document ${index + 1}`, text, limits));
  const namespaces = lists.flatMap(({ items }) => items).flatMap(({ metadata }) => metadata.namespace ?? []);
  return { lists, logs, namespaces: new Set(namespaces) };
}

function toContent(cluster: string, { lists, logs, namespaces, takenAt }: Dump & { takenAt: string }): BundleContent {
  const read = new Set(lists.filter(({ kind, apiVersion }) => isBuiltIn(kind, apiVersion)).map(({ kind }) => kind));
  const unread = { state: 'unread', reason: 'kubectl cluster-info dump does not contain it.' } as const;
  const names = [...namespaces].sort();
  return {
    meta: { cluster, server: null, version: kubeletVersion(lists), takenAt, namespaces: names },
    kinds: resourceKinds([...builtInResources(), ...lists.filter(({ kind, apiVersion }) => !isBuiltIn(kind, apiVersion)).map(otherResource)]),
    // That they exist is all that is known of them.
    objects: [...names.map((name): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })), ...lists.flatMap(({ items }) => items)],
    coverage: Object.fromEntries(
      Object.keys(builtInKinds).map((kind) => [kind, kind === 'Namespace' || read.has(kind) ? { state: 'read', reason: null } : unread]),
    ),
    evidence: {},
    logs,
  };
}

/** A dump does not say the API server's version. Kubelets are of the same version or an older one (version skew policy). */
function kubeletVersion(lists: readonly DumpedList[]): BundleContent['meta']['version'] {
  const versions = lists.flatMap(({ items }) => items).flatMap((object) => (isKind(object, 'Node') ? (object.status?.nodeInfo?.kubeletVersion ?? []) : []));
  const newest = versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))[0];
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(newest ?? '') ?? [];
  return newest === undefined || minor === undefined ? null : { gitVersion: newest, major: Number(major), minor: Number(minor) };
}

function isBuiltIn(kind: string, apiVersion: string): kind is BuiltInKind {
  return isBuiltInKind(kind) && groupOf(builtInKinds[kind].apiVersion) === groupOf(apiVersion);
}

/** A dump has no discovery; the places of the built-in kinds in the API are the same everywhere. */
function builtInResources() {
  return Object.entries(builtInKinds).map(([kind, { apiVersion, namespaced }]) => resource(kind, apiVersion, namespaced));
}

function otherResource({ kind, apiVersion, items }: DumpedList) {
  return resource(
    kind,
    apiVersion,
    items.some(({ metadata }) => metadata.namespace !== undefined),
  );
}

function resource(kind: string, apiVersion: string, namespaced: boolean) {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return {
    group,
    version,
    kind,
    plural: pluralOf(kind),
    namespaced,
    shortNames: [...(shortNames[kind] ?? [])],
    verbs: ['get', 'list', 'watch'],
    categories: [],
  };
}
