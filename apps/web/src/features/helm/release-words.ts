import type { HealthState, HelmRevision } from '@quarterdeck/contract';

/** Helm's status as a state; what it says itself stays the word. */
export function releaseState(status: string): HealthState {
  if (status === 'deployed') return 'healthy';
  if (status === 'failed') return 'critical';
  if (status.startsWith('pending-') || status === 'uninstalling') return 'pending';
  return status === 'superseded' || status === 'uninstalled' ? 'scaledToZero' : 'unknown';
}

/** An operation that was begun and has not ended: somebody runs it, or it was cut off. */
export function isUnderWay(status: string): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}

/** The newest revision before the present one that was in force; what one rolls back to. Null where there is none. */
export function lastDeployed(history: readonly Pick<HelmRevision, 'revision' | 'status'>[], present: number): number | null {
  const before = history.filter(({ revision, status }) => revision < present && (status === 'deployed' || status === 'superseded'));
  return before.length === 0 ? null : Math.max(...before.map(({ revision }) => revision));
}

export interface WayOut {
  kind: 'pending' | 'failed' | 'uninstalling';
  /** What to roll back to; null where nothing was deployed before. */
  revision: number | null;
}

/** What to do about a release that is not deployed; null where nothing needs to be done. */
export function wayOut(release: Pick<HelmRevision, 'revision' | 'status'>, history: readonly Pick<HelmRevision, 'revision' | 'status'>[]): WayOut | null {
  const { status, revision } = release;
  const back = lastDeployed(history, revision);
  if (status === 'uninstalling') return { kind: 'uninstalling', revision: null };
  if (status.startsWith('pending-')) return { kind: 'pending', revision: back };
  return status === 'failed' ? { kind: 'failed', revision: back } : null;
}

/** The keys of values that are only marks of hidden secrets: `auth.password`. */
export function hiddenKeys(values: unknown, path = ''): string[] {
  if (typeof values === 'string') return /<hidden [\da-f]{6}>/.test(values) ? [path] : [];
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([key, value]) => hiddenKeys(value, path === '' ? key : `${path}.${key}`));
}
