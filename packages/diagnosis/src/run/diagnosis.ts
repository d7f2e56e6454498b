import type { Coverage } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Incident } from '../model/incident.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** The result of one run. */
export interface Diagnosis {
  /** Worst first. */
  incidents: readonly Incident[];
  findings: readonly IdentifiedFinding[];
  coverage: Coverage;
  view: ClusterView;
  /** Epoch milliseconds: when a symptom that is too young now will have lasted long enough; null where there is none. */
  nextCheckAt: number | null;
}
