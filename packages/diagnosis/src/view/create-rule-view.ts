import { refKey } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { ClusterView } from './cluster-view.ts';
import type { RuleView } from './rule-view.ts';

const none: readonly IdentifiedFinding[] = [];

/** The view of a run with its findings, in the order they are given. */
export function createRuleView(view: ClusterView, findings: readonly IdentifiedFinding[]): RuleView {
  const byObject = Map.groupBy(findings, (finding) => refKey(finding.object));
  const byCode = Map.groupBy(findings, (finding) => finding.code);
  return {
    ...view,
    findingsOn(ref, code) {
      const found = byObject.get(refKey(ref)) ?? none;
      return code === undefined ? found : found.filter((finding) => finding.code === code);
    },
    findingsOf: (code) => byCode.get(code) ?? none,
  };
}
