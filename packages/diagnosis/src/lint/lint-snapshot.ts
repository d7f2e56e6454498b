import type { ClusterSnapshot } from '@quarterdeck/cluster';
import type { AdviceReport } from '@quarterdeck/contract';
import { createClusterView } from '../view/create-cluster-view.ts';
import { lintChecks } from './index.ts';
import { type LintOptions, lint } from './lint.ts';

/** What could be better in one moment of a cluster, of which the kinds of the diagnosis were read. Reads no log and no Secret. */
export function lintSnapshot(snapshot: ClusterSnapshot, options: LintOptions = {}): AdviceReport {
  const { objects, takenAt: now, scope, coverage, customKinds, reasons } = snapshot;
  const { view } = createClusterView({ objects, now, scope, coverage, customKinds });
  const { advice, ignored, skipped: crashed } = lint(view, { version: snapshot.version?.gitVersion ?? null, ...options });
  const asked = lintChecks.filter(({ code, pack }) => (options.check === undefined ? pack === 'advice' || options.policy === true : code === options.check));
  const unread = [...new Set(asked.flatMap(({ kinds }) => kinds))].flatMap((kind) => {
    const state = view.coverage(kind);
    return state === 'read' || state === 'absent'
      ? []
      : [{ what: kind, reason: reasons[kind] ?? (state === 'forbidden' ? 'no permission to list them' : 'not read') }];
  });
  const skipped = [...unread, ...crashed];
  return { cluster: snapshot.clusterId, advice, ignored, coverage: { complete: skipped.length === 0, skipped } };
}
