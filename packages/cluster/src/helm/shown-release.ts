import type { HelmRelease } from '@quarterdeck/contract';
import type { Concealer } from './concealer.ts';
import type { StoredRelease } from './decode-release.ts';
import type { ReleaseRecord } from './list-records.ts';
import { coalesce } from './values.ts';

/** A revision as it may be shown. The concealer may be shared, so that several revisions show the same mark for the same secret. */
export function shownRelease({ version: _version, ...record }: ReleaseRecord, stored: StoredRelease, concealer: Concealer): HelmRelease {
  const { chart, info, config, hooks } = stored;
  const { deprecated, ...metadata } = chart.metadata;
  const before = concealer.count;
  const values = { user: concealer.values(config), all: concealer.values(coalesce(chart.values, config)) };
  // Values first: what is secret there is then found in the texts below too.
  const manifest = concealer.manifest(stored.manifest);
  const shownHooks = hooks.map((hook) => ({
    name: hook.name,
    kind: hook.kind,
    events: hook.events,
    weight: hook.weight,
    lastPhase: hook.last_run?.phase ?? null,
    lastCompletedAt: hook.last_run?.completed_at ?? null,
    manifest: concealer.manifest(hook.manifest),
  }));
  return {
    ...record,
    updatedAt: info.last_deployed ?? record.updatedAt,
    status: info.status ?? record.status,
    firstDeployedAt: info.first_deployed,
    chart: { ...metadata, deprecated: deprecated === true },
    description: info.description === null ? null : concealer.text(info.description),
    problem: null,
    values,
    manifest,
    hooks: shownHooks,
    notes: concealer.text(info.notes ?? ''),
    hidden: concealer.count - before,
  };
}
