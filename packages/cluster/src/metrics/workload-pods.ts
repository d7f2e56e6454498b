import type { WorkloadKind } from '@quarterdeck/contract';

/** Kubernetes makes names of these characters alone (apimachinery/pkg/util/rand). */
const safe = '[bcdfghjklmnpqrstvwxz2456789]';

const endings: Record<WorkloadKind, string> = {
  Deployment: `-${safe}{6,10}-${safe}{5}`,
  ReplicaSet: `-${safe}{5}`,
  StatefulSet: '-[0-9]+',
  DaemonSet: `-${safe}{5}`,
  Job: `(-[0-9]+)?-${safe}{5}`,
  CronJob: `-[0-9]+(-[0-9]+)?-${safe}{5}`,
};

/**
 * A pattern for the names of a workload's pods, also of those that are gone, which no owner can tell any more. It is
 * RE2 as well as JavaScript, and matches whole names.
 */
export function podNamePattern(kind: WorkloadKind, name: string): string {
  return `${name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}${endings[kind]}`;
}
