import { type Change, groupOf, type ObjectRef } from '@quarterdeck/contract';

/** The same change as a command for kubectl. A manifest is not in it: it stands beside it as `manifest.yaml`. */
export function kubectlCommand(change: Change): string {
  return words(['kubectl', ...argumentsOf(change)]);
}

/** A command of which each word reaches a POSIX shell as it is. */
export function words(parts: readonly string[]): string {
  return parts.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`)).join(' ');
}

export function inNamespace({ namespace }: Pick<ObjectRef, 'namespace'>): string[] {
  return namespace === null ? [] : ['-n', namespace];
}

function argumentsOf(change: Change): string[] {
  const { target } = change;
  const object = nameOf(target);
  const at = inNamespace(target);
  switch (change.verb) {
    case 'apply':
      return ['apply', '--server-side', '--field-manager=quarterdeck', ...(change.force ? ['--force-conflicts'] : []), ...at, '-f', 'manifest.yaml'];
    case 'create':
    case 'replace':
      return [change.verb, ...at, '-f', 'manifest.yaml'];
    case 'patch': {
      const below = change.subresource === undefined ? [] : [`--subresource=${change.subresource}`];
      return ['patch', object, ...at, `--type=${change.patchType}`, ...below, '-p', JSON.stringify(change.patch)];
    }
    case 'delete': {
      const cascade = change.propagation === undefined ? [] : [`--cascade=${change.propagation}`];
      return ['delete', object, ...at, ...cascade, ...grace(change.gracePeriodSeconds)];
    }
    case 'scale': {
      const only = change.currentReplicas === undefined ? [] : [`--current-replicas=${change.currentReplicas}`];
      return ['scale', object, ...at, `--replicas=${change.replicas}`, ...only];
    }
    case 'restart':
    case 'pause':
    case 'resume':
      return ['rollout', change.verb, object, ...at];
    case 'undo':
      return ['rollout', 'undo', object, ...at, ...(change.toRevision === undefined ? [] : [`--to-revision=${change.toRevision}`])];
    case 'setImage':
      return ['set', 'image', object, ...at, ...Object.entries(change.images).map(([name, image]) => `${name}=${image}`)];
    case 'evict':
      return ['create', '--raw', `/api/v1/namespaces/${target.namespace}/pods/${target.name}/eviction`, '-f', 'eviction.json'];
    case 'cordon':
    case 'uncordon':
      return [change.verb, target.name];
    case 'trigger':
      return ['create', 'job', change.jobName, ...at, `--from=cronjob/${target.name}`];
    case 'suspend':
    case 'unsuspend':
      return ['patch', object, ...at, '--type=merge', '-p', JSON.stringify({ spec: { suspend: change.verb === 'suspend' } })];
    case 'label':
    case 'annotate': {
      const entries = Object.entries(change.entries).map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`));
      return [change.verb, object, ...at, ...entries, ...(change.overwrite ? ['--overwrite'] : [])];
    }
  }
}

function grace(seconds: number | undefined): string[] {
  if (seconds === undefined) return [];
  return [`--grace-period=${seconds}`, ...(seconds === 0 ? ['--force'] : [])];
}

/** `deployment.apps/web`. */
function nameOf({ apiVersion, kind, name }: ObjectRef): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}
