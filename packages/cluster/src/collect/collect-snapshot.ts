import { AppError, type BuiltInKind, builtInKinds, isKind, type KubeObject, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess, ClusterSnapshot, ClusterVersion, KindCoverage } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import { findBuiltInKind } from '../discovery/resource-kinds.ts';
import { type CustomReading, chooseCustomKinds, coverageOfError, readCustomKinds } from './read-custom-kinds.ts';

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
 * One pass over the kinds, and over Namespaces in any case; with CustomResourceDefinition among them also over the
 * custom kinds. A kind that is not served, not allowed or not readable is
 * coverage with a reason. Throws when the cluster can't be reached, refuses the credentials or the signal aborts.
 */
export async function collectSnapshot(access: ClusterAccess, options: SnapshotOptions): Promise<ClusterSnapshot> {
  const { namespaces, signal } = options;
  const wanted = [...new Set<BuiltInKind>(['Namespace', ...options.kinds])];
  const [version, served] = await Promise.all([readVersion(access, signal), access.kinds(signal)]);
  const takenAt = access.recordedAt === null ? (options.now ?? Date.now)() : Date.parse(access.recordedAt);
  const reading = (kind: BuiltInKind) => readKind(access, kind, findBuiltInKind(served, kind), options);
  const [readings, customs] = await Promise.all([
    Promise.all(wanted.filter((kind) => kind !== 'CustomResourceDefinition').map(reading)),
    wanted.includes('CustomResourceDefinition') ? readCustoms(access, served, reading('CustomResourceDefinition'), options) : noCustoms,
  ]);
  readings.push(...customs.definitions);
  return {
    clusterId: access.id,
    version,
    takenAt,
    scope: namespaces ?? access.namespaces,
    objects: [...readings, ...customs.readings].flatMap(({ items }) => items),
    coverage: Object.fromEntries(readings.map(({ kind, coverage }) => [kind, coverage])),
    reasons: Object.fromEntries(readings.flatMap(({ kind, reason }) => (reason === null ? [] : [[kind, reason]]))),
    customKinds: customs.readings.map(({ kind }) => kind),
  };
}

interface Customs {
  definitions: KindReading[];
  readings: CustomReading[];
}

const noCustoms: Customs = { definitions: [], readings: [] };

/** Definitions first: they say which kinds there are. Who may not read them gets what is served. */
async function readCustoms(access: ClusterAccess, served: readonly ResourceKind[], reading: Promise<KindReading>, options: SnapshotOptions): Promise<Customs> {
  const definitions = await reading;
  const known = definitions.coverage === 'read' ? definitions.items.filter((object) => isKind(object, 'CustomResourceDefinition')) : null;
  const isFatal = (code: string) => fatal.includes(code);
  const readings = await readCustomKinds(access, chooseCustomKinds(known, served), { ...options, isFatal });
  return { definitions: [definitions], readings };
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
    return { kind, coverage: coverageOfError(error.code), reason: error.message, items: [] };
  }
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
