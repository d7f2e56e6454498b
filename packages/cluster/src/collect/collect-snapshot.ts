import { AppError, type BuiltInKind, builtInKinds, type KubeObject, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess, ClusterSnapshot, ClusterVersion, KindCoverage } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import { findBuiltInKind } from '../discovery/resource-kinds.ts';

export interface SnapshotOptions {
  kinds: readonly BuiltInKind[];
  /** Limits the namespaced kinds; cluster-scoped ones are read whole. Null: all that the access holds. */
  namespaces: readonly string[] | null;
  signal: AbortSignal;
  /** Epoch milliseconds. Default: the system's clock; for a recording its own time. */
  now?: () => number;
}

interface KindReading {
  kind: BuiltInKind;
  coverage: KindCoverage;
  reason: string | null;
  items: KubeObject[];
}

/** These concern the whole pass: there is nothing to show beside them. */
const fatal: readonly string[] = ['CANCELLED', 'CLUSTER_AUTH_FAILED', 'TIMEOUT'];

/**
 * One pass over the kinds, and over Namespaces in any case. A kind that is not served, not allowed or not readable is
 * coverage with a reason. Throws when the cluster can't be reached, refuses the credentials or the signal aborts.
 */
export async function collectSnapshot(access: ClusterAccess, options: SnapshotOptions): Promise<ClusterSnapshot> {
  const { namespaces, signal } = options;
  const wanted = [...new Set<BuiltInKind>(['Namespace', ...options.kinds])];
  const [version, served] = await Promise.all([readVersion(access, signal), access.kinds(signal)]);
  const takenAt = access.recordedAt === null ? (options.now ?? Date.now)() : Date.parse(access.recordedAt);
  const readings = await Promise.all(wanted.map((kind) => readKind(access, kind, findBuiltInKind(served, kind), options)));
  return {
    clusterId: access.id,
    version,
    takenAt,
    scope: namespaces ?? access.namespaces,
    objects: readings.flatMap((reading) => reading.items),
    coverage: Object.fromEntries(readings.map(({ kind, coverage }) => [kind, coverage])),
    reasons: Object.fromEntries(readings.flatMap(({ kind, reason }) => (reason === null ? [] : [[kind, reason]]))),
  };
}

async function readKind(access: ClusterAccess, kind: BuiltInKind, served: ResourceKind | null, options: SnapshotOptions): Promise<KindReading> {
  if (served === null) return { kind, coverage: 'absent', reason: `The cluster does not serve ${builtInKinds[kind].apiVersion} ${kind}.`, items: [] };
  try {
    const scopes = options.namespaces === null || !served.namespaced ? [{}] : options.namespaces.map((namespace) => ({ namespace }));
    const lists = await Promise.all(scopes.map((scope) => listAll(access, served, { ...scope, signal: options.signal })));
    return { kind, coverage: 'read', reason: null, items: lists.flatMap((list) => list.items) };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (fatal.includes(error.code)) throw error;
    return { kind, coverage: coverageOf(error), reason: error.message, items: [] };
  }
}

/** UNSUPPORTED is a recording's word for what it does not contain. */
function coverageOf(error: AppError): KindCoverage {
  if (error.code === 'FORBIDDEN') return 'forbidden';
  return error.code === 'UNSUPPORTED' ? 'unread' : 'failed';
}

/** The version is a nicety; whether the cluster answers at all shows in discovery. */
async function readVersion(access: ClusterAccess, signal: AbortSignal): Promise<ClusterVersion | null> {
  try {
    return await access.version(signal);
  } catch (thrown) {
    if (thrown instanceof AppError && !fatal.includes(thrown.code)) return null;
    throw thrown;
  }
}
