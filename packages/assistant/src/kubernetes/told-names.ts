import type { KubeObject } from '@quarterdeck/contract';
import type { ClusterView } from '@quarterdeck/diagnosis';
import type { KnownName } from '../privacy/privacy-settings.ts';

/** Registries that anybody pulls from: what comes from there is known to all, and a model knows it. */
const publicRegistries =
  /^(?:docker\.io|index\.docker\.io|ghcr\.io|quay\.io|gcr\.io|registry\.k8s\.io|k8s\.gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws|registry\.gitlab\.com)$/;
/** Labels that name what an organisation runs, and who. */
const tellingLabels: Readonly<Record<string, string>> = {
  'app.kubernetes.io/instance': 'Release',
  'app.kubernetes.io/part-of': 'Application',
  team: 'Team',
  owner: 'Team',
};
const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'] as const;

/** Names that are no names of objects: private registries and what is in them, releases, teams. */
export function toldNames(view: ClusterView): KnownName[] {
  const images = new Set<string>();
  const labels = new Map<string, string>();
  // What is owned is as its owner's template says.
  const written = kinds.flatMap((kind): readonly KubeObject[] => view.list(kind)).filter(({ metadata }) => (metadata.ownerReferences ?? []).length === 0);
  for (const object of written) {
    for (const image of imagesOf(object)) images.add(image);
    for (const [label, kind] of Object.entries(tellingLabels)) {
      const value = object.metadata.labels?.[label];
      if (value !== undefined && value !== '' && value !== 'Helm') labels.set(value, kind);
    }
  }
  const releases = view.names('Secret').flatMap((name) => /^sh\.helm\.release\.v1\.(.+)\.v\d+$/.exec(name)?.[1] ?? []);
  for (const release of releases) labels.set(release, 'Release');
  return [...[...images].flatMap(namesIn), ...[...labels].map(([name, kind]): KnownName => ({ name, kind, leavesWith: 'sendResourceNames' }))];
}

/** Found by its field, at whatever depth the pod's template lies. */
function imagesOf(object: KubeObject): string[] {
  if (!('spec' in object)) return [];
  const templates = [object.spec, at(object.spec, 'template', 'spec'), at(object.spec, 'jobTemplate', 'spec', 'template', 'spec')];
  const containers = templates
    .flatMap((template) => [at(template, 'containers'), at(template, 'initContainers')])
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  return containers.map((container) => at(container, 'image')).filter((image) => typeof image === 'string');
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (current, key) => (typeof current === 'object' && current !== null ? Object.entries(current).find(([name]) => name === key)?.[1] : undefined),
    value,
  );
}

/** `registry.acme.example/shop/web:1.2` as host and repository. */
function namesIn(image: string): KnownName[] {
  const [, host = '', repository = ''] = /^([^/]*[.:][^/]*)\/([^:@]+)/.exec(image) ?? [];
  if (host === '' || publicRegistries.test(host)) return [];
  const parts = repository.split('/').map((name): KnownName => ({ name, kind: 'Image', leavesWith: 'sendResourceNames' }));
  return [{ name: host, kind: 'Host', leavesWith: 'sendClusterMetadata' }, ...parts];
}
