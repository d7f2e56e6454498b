import { type AppError, builtInKinds, groupOf, type KubeObject, type ObjectRef, type ResourceKind, type ResourceObject } from '@quarterdeck/contract';
import { useMemo } from 'react';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import { kindName, type ObjectAddress } from '../objects/object-key.ts';

export interface OpenObject {
  /** `deleted`: it was there while we looked; `absent`: it is not there, and we never saw it. */
  presence: 'reading' | 'there' | 'deleted' | 'absent';
  /** As it is, or as it last was; null while it was never seen. */
  read: ResourceObject | null;
  /** The same, with what every object has. */
  known: KubeObject | null;
  error: AppError | null;
  retry(): void;
}

interface Followed {
  there: boolean;
  read: ResourceObject | null;
}

/** Pure. What was known of a deleted object stays readable. */
export function applyObjectFrame(state: Followed | null, frame: DataFrame): Followed | null {
  if (frame.type !== 'objectSnapshot') return state;
  return frame.found === null ? { there: false, read: state?.read ?? null } : { there: true, read: frame.found };
}

/** One object, live for as long as the component stands. */
export function useOpenObject({ kind, namespace, name }: ObjectAddress): OpenObject {
  const cluster = useClusters().selected?.id;
  const request = useMemo(
    () => (cluster === undefined ? null : { type: 'subscribeObject' as const, cluster, kind, name, ...(namespace === null ? {} : { namespace }) }),
    [cluster, kind, namespace, name],
  );
  const { state, error, retry } = useLive(request, applyObjectFrame);
  return useMemo(() => {
    const read = state?.read ?? null;
    return { presence: presenceOf(state), read, known: read !== null && isKubeObject(read.object) ? read.object : null, error, retry };
  }, [state, error, retry]);
}

function presenceOf(state: Followed | null): OpenObject['presence'] {
  if (state === null) return 'reading';
  if (state.there) return 'there';
  return state.read === null ? 'absent' : 'deleted';
}

/** The server has checked every object that it hands out; this tells the compiler. */
function isKubeObject(object: unknown): object is KubeObject {
  if (!isPlain(object) || typeof object.apiVersion !== 'string' || typeof object.kind !== 'string') return false;
  return isPlain(object.metadata) && typeof object.metadata.name === 'string';
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that an address means. */
export function useAddressedObject(address: ObjectAddress, known: KubeObject | null): ObjectRef {
  const { kinds } = useKinds();
  return useMemo(() => refOfAddress(address, known, kinds), [address, known, kinds]);
}

/** Pure. The version is what the object says, else what the cluster serves; before either is known, that of Kubernetes. */
export function refOfAddress({ kind, namespace, name }: ObjectAddress, known: KubeObject | null, kinds: readonly ResourceKind[]): ObjectRef {
  const [plain = kind, ...group] = kind.split('.');
  const served = kinds.find((each) => kindName(each) === kind);
  const builtIn = Object.entries(builtInKinds).find(([other, { apiVersion }]) => other === plain && groupOf(apiVersion) === group.join('.'))?.[1];
  const guess = group.length === 0 ? 'v1' : `${group.join('.')}/v1`;
  return { apiVersion: known?.apiVersion ?? served?.apiVersion ?? builtIn?.apiVersion ?? guess, kind: plain, namespace, name };
}
