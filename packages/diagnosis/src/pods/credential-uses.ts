import type { SecretValueShape } from '@quarterdeck/cluster';
import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import type { Workload } from './workload.ts';

/** A value of a Secret that a workload takes into its environment. */
export interface CredentialUse {
  secret: ObjectRef;
  key: string;
  variable: string;
  container: string;
  /** The whole path of the `secretKeyRef` in the workload; null where the whole Secret is taken over. */
  path: string | null;
}

const secretLike = /pass|pwd|secret|token|auth|credential|key/i;

/** Passwords and the like first; without any that is named so, every value. */
export function credentialUses(workload: Workload, view: ClusterView): CredentialUse[] {
  const uses = [...keyUses(workload), ...wholeUses(workload, view)];
  const named = uses.filter((use) => secretLike.test(use.variable) || secretLike.test(use.key));
  return named.length > 0 ? named : uses;
}

function keyUses(workload: Workload): CredentialUse[] {
  const containers = [
    ...(workload.spec.initContainers ?? []).map((spec, i) => [spec, `initContainers[${i}]`] as const),
    ...(workload.spec.containers ?? []).map((spec, i) => [spec, `containers[${i}]`] as const),
  ];
  return containers.flatMap(([container, path]) =>
    (container.env ?? []).flatMap((variable, index) => {
      const reference = variable.valueFrom?.secretKeyRef;
      if (reference?.name === undefined) return [];
      const secret = refTo('Secret', workload.ref.namespace, reference.name);
      return [
        {
          secret,
          key: reference.key,
          variable: variable.name,
          container: container.name,
          path: `${workload.path}.${path}.env[${index}].valueFrom.secretKeyRef`,
        },
      ];
    }),
  );
}

function wholeUses(workload: Workload, view: ClusterView): CredentialUse[] {
  return (workload.spec.containers ?? []).flatMap((container) =>
    (container.envFrom ?? []).flatMap((source) => {
      const name = source.secretRef?.name;
      const secret = name === undefined ? undefined : view.get('Secret', workload.ref.namespace, name);
      if (secret === undefined || name === undefined) return [];
      return Object.keys(secret.data ?? {}).map((key) => ({
        secret: refTo('Secret', workload.ref.namespace, name),
        key,
        variable: `${source.prefix ?? ''}${key}`,
        container: container.name,
        path: null,
      }));
    }),
  );
}

/** The shape of the value, where it may be read. */
export function shapeOf(use: Pick<CredentialUse, 'secret' | 'key'>, view: ClusterView): SecretValueShape | null {
  const answer = view.ask({ need: 'secretShape', namespace: use.secret.namespace ?? '', name: use.secret.name });
  return answer?.state === 'answered' ? (answer.value.keys[use.key] ?? null) : null;
}

export type ShapeRelation = 'equal' | 'double-encoded' | 'white-space' | 'different';

/** How a value relates to the one it should be. */
export function compareShapes(value: SecretValueShape, right: SecretValueShape): ShapeRelation {
  if (value.fingerprint === right.fingerprint) return 'equal';
  if (value.decodedFingerprint !== null && value.decodedFingerprint === right.fingerprint) return 'double-encoded';
  if (value.trimmedFingerprint === right.trimmedFingerprint) return 'white-space';
  return 'different';
}
