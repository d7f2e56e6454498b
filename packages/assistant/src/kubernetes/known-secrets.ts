import { redactJson } from '@quarterdeck/cluster';
import type { KubeObject } from '@quarterdeck/contract';
import type { ClusterView } from '@quarterdeck/diagnosis';

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ConfigMap'] as const;
/** What lies beyond is hidden by its own look alone. */
const mostObjects = 1_000;

/** An object that has not changed is the same one, and need not be looked through again. */
const lookedThrough = new WeakMap<KubeObject, readonly string[]>();

/** What the manifests of a namespace (null: of all) give away. A password in a manifest is told again in a log where nothing says what it is. */
export function knownSecrets(view: ClusterView, namespace: string | null): string[] {
  const objects = kinds.flatMap((kind): readonly KubeObject[] => view.list(kind, namespace ?? undefined));
  return [...new Set(objects.slice(0, mostObjects).flatMap(secretsIn))];
}

function secretsIn(object: KubeObject): readonly string[] {
  const known = lookedThrough.get(object);
  if (known !== undefined) return known;
  const found = new Set<string>();
  const { metadata: _metadata, ...content } = object;
  redactJson('status' in content ? { ...content, status: null } : content, { found: (secret) => found.add(secret) });
  lookedThrough.set(object, [...found]);
  return [...found];
}
